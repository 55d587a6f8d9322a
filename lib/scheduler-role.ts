/** What EventBridge Scheduler may do: invoke the function, and tell when it could not. */
import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface SchedulerRoleProps {
  readonly function: IFunction;
  /** Where events go that could not be handed to the function. */
  readonly failures: IQueue;
}

export class SchedulerRole extends Role {
  constructor(scope: Construct, id: string, { function: { functionArn }, failures }: SchedulerRoleProps) {
    super(scope, id, {
      // Otherwise a schedule in another account could make the service use this role.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        Run: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }),
          ],
        }),
      },
    });
  }
}
