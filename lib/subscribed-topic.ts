/** A topic that takes nothing without TLS, and tells one address by mail. */
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface SubscribedTopicProps {
  /** What a mail says in front of the address. */
  readonly displayName: string;
  /**
   * Address that is subscribed.
   * @default - nobody is
   */
  readonly email?: string | undefined;
  /** @default - what is published lies unencrypted until it is delivered */
  readonly encryptionKey?: IKey | undefined;
}

export class SubscribedTopic extends Topic {
  constructor(scope: Construct, id: string, { displayName, email, encryptionKey }: SubscribedTopicProps) {
    super(scope, id, { displayName, enforceSSL: true, ...(encryptionKey && { masterKey: encryptionKey }) });
    if (email === undefined) return;
    // The CDK's own EmailSubscription would repeat the address in the logical id.
    new Subscription(this, 'Email', { topic: this, protocol: SubscriptionProtocol.EMAIL, endpoint: email });
  }
}
