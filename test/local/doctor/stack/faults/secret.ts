import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { sentinels } from '../../../../lambda/doctor/examining.ts';
import { ofDefault, type StackFault, withKey, withoutKey } from './fault.ts';

export const secretFaults: readonly StackFault[] = [
  {
    title: 'the secret was deleted',
    check: 'secret of default, found',
    skipped: ['key of default', ...withoutKey],
    mends: /: aws secretsmanager restore-secret --region us-east-1 --secret-id '[^']+'$/,
    inject: async ({ clients: { secrets }, secrets: { default: SecretId } }) => {
      await secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
      return () => secrets.send(new RestoreSecretCommand({ SecretId }));
    },
  },
  {
    title: 'the secret is gone',
    check: 'secret of default, found',
    skipped: ['key of default', ...withoutKey],
    mends: /make the secret.+SetKey.+by \(first read .+\): npx cdk deploy --revert-drift$/,
    inject: async ({ clients: { secrets }, secrets: { default: Name } }) => {
      await secrets.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }));
      return () => secrets.send(new CreateSecretCommand({ Name, SecretString: sentinels.key }));
    },
  },
  {
    title: 'the secret has no value',
    check: 'secret of default, value',
    skipped: ['key of default', ...withoutKey],
    mends:
      /workspace default.+: aws secretsmanager put-secret-value .+ --secret-string file:\/\/\/dev\/stdin$/,
    inject: async ({ clients: { secrets }, secrets: { default: SecretId } }) => {
      const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId }));
      const [RemoveFromVersionId] =
        Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT')) ?? [];
      const VersionStage = 'AWSCURRENT';
      await secrets.send(
        new UpdateSecretVersionStageCommand({ SecretId, VersionStage, RemoveFromVersionId }),
      );
      return () => secrets.send(new PutSecretValueCommand({ SecretId, SecretString: sentinels.key }));
    },
  },
  {
    title: 'the key is refused',
    check: 'key of default, accepted',
    skipped: ofDefault(...withKey, 'runs'),
    mends: /./,
    inject: async ({ braze }) => {
      const { keys } = braze.braze;
      braze.braze.keys = {};
      return async () => {
        braze.braze.keys = keys;
      };
    },
  },
  {
    title: 'the key stands in quotes',
    check: 'key of default, form',
    skipped: withoutKey,
    mends: /quotes/,
    inject: async ({ clients: { secrets }, secrets: { default: SecretId } }) => {
      const put = (SecretString: string) =>
        secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
      await put(`"${sentinels.key}"`);
      return () => put(sentinels.key);
    },
  },
];
