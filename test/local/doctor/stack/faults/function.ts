import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
  waitUntilFunctionActive,
} from '@aws-sdk/client-lambda';
import type { DeployedStack } from '../deployed-stack.ts';
import { ofDefault, runs, type StackFault } from './fault.ts';

/** Changes the configuration of the function, and waits until it can be called again. */
async function update(
  { lambda }: DeployedStack['clients'],
  change: UpdateFunctionConfigurationCommandInput,
): Promise<void> {
  await lambda.send(new UpdateFunctionConfigurationCommand(change));
  const { FunctionName } = change;
  await waitUntilFunctionActive(
    { client: lambda, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
    { FunctionName },
  );
}

export const functionFaults: readonly StackFault[] = [
  {
    title: 'the function is throttled',
    check: 'function, concurrency',
    skipped: ofDefault('answer', 'runs'),
    mends: /: aws lambda delete-function-concurrency --function-name \S+$/,
    inject: async ({ clients: { lambda }, places: { function: FunctionName } }) => {
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
      return () => lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    },
  },
  {
    title: 'the function writes another log',
    check: 'function, log',
    skipped: ofDefault('answer', 'runs'),
    mends: /Set the log group/,
    inject: async ({ clients, places: { function: FunctionName } }) => {
      const { LoggingConfig } = await clients.lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName }),
      );
      await update(clients, { FunctionName, LoggingConfig: { ...LoggingConfig, LogGroup: '/another' } });
      return () => update(clients, { FunctionName, LoggingConfig });
    },
  },
  {
    title: 'the function has another role',
    check: 'function, role',
    skipped: ofDefault('answer', 'runs'),
    mends: /Set the execution role of the function to \S+ in the Lambda console/,
    inject: async ({ clients, places: { function: FunctionName } }) => {
      const { Role } = await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      await update(clients, { FunctionName, Role: 'arn:aws:iam::000000000000:role/another' });
      return () => update(clients, { FunctionName, Role });
    },
  },
  {
    title: 'somebody has changed the environment of the function',
    check: 'answer of default, given',
    skipped: runs,
    mends: /environment/,
    inject: async ({ clients, places: { function: FunctionName } }) => {
      const { Environment } = await clients.lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName }),
      );
      const Variables = { ...Environment?.Variables, FIRST_DAY: 'yesterday' };
      await update(clients, { FunctionName, Environment: { Variables } });
      return () => update(clients, { FunctionName, Environment });
    },
  },
];
