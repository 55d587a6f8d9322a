/** What EventBridge Scheduler may do: invoke the function, and tell when it could not. */
import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { useOfKey } from './use-of-key.ts';

export interface SchedulerRoleProps {
  readonly function: IFunction;
  /** Where events go that could not be handed to the function. */
  readonly failures: IQueue;
  /** Key of that queue. */
  readonly encryptionKey?: IKey | undefined;
  /** @default '/' */
  readonly path?: string | undefined;
}

export class SchedulerRole extends Role {
  constructor(scope: Construct, id: string, props: SchedulerRoleProps) {
    const {
      function: { functionArn },
      failures,
      encryptionKey,
      path,
    } = props;
    super(scope, id, {
      ...(path === undefined ? {} : { path }),
      // Otherwise a schedule in another account could make the service use this role.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        Run: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }),
            ...useOfKey(encryptionKey),
          ],
        }),
      },
    });
  }
}
