/** Where alarms are told. */
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { SubscribedTopic } from '../subscribed-topic.ts';

export interface AlarmTopicProps {
  /**
   * Address that is subscribed.
   * @default - nobody is
   */
  readonly email?: string | undefined;
  /** @default - none */
  readonly encryptionKey?: IKey | undefined;
}

export class AlarmTopic extends SubscribedTopic {
  constructor(scope: Construct, id: string, { email, encryptionKey }: AlarmTopicProps) {
    super(scope, id, { displayName: 'Braze CDI sync history', email, encryptionKey });
    // The rule that enforces TLS replaces the policy under which the account's own alarms could publish.
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsMayPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }
}
