/** Where people are told of incidents of their syncs. */
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { pinned } from './pinned.ts';
import { SubscribedTopic } from './subscribed-topic.ts';

export interface AlertTopicProps {
  /**
   * Address that is subscribed.
   * @default - nobody is
   */
  readonly email?: string | undefined;
  /** @default - none */
  readonly encryptionKey?: IKey | undefined;
}

/** Its logical id is fixed: with another topic, everybody would have to subscribe anew. */
export class AlertTopic extends SubscribedTopic {
  constructor(scope: Construct, id: string, { email, encryptionKey }: AlertTopicProps) {
    super(scope, id, { displayName: 'Braze CDI sync alerts', email, encryptionKey });
    pinned(this, 'SyncAlertsTopic');
  }
}
