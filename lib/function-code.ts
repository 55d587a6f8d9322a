/** The function's code: what was bundled when this package was made, or what is bundled now, in the project itself. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Code, type FunctionProps, type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';

const project = resolve(import.meta.dirname, '..');
/** Stands in the package alone: whoever installs that needs no build tool. */
const bundled = resolve(project, 'function');

export function functionOfCode(
  scope: Construct,
  id: string,
  props: Omit<FunctionProps, 'code' | 'handler'>,
): IFunction {
  if (existsSync(bundled)) {
    return new LambdaFunction(scope, id, {
      ...props,
      code: Code.fromAsset(bundled),
      handler: 'index.handler',
    });
  }
  return new NodejsFunction(scope, id, {
    ...props,
    entry: resolve(project, 'lambda/handler.ts'),
    depsLockFilePath: resolve(project, 'package-lock.json'),
    bundling: {
      format: OutputFormat.ESM,
      // The packages' ES modules: esbuild leaves out of them what nobody calls.
      mainFields: ['module', 'main'],
      // The tested versions of the SDK, not those that the runtime happens to have.
      externalModules: [],
      minify: true,
      logLevel: LogLevel.WARNING,
    },
  });
}
