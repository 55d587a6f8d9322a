import { type Check, failed, ok } from '../../../lambda/doctor/check.ts';
import { setRight } from './set-right.ts';

export interface SecretSeen {
  /** It can be restored for some days. */
  readonly isDeleted: boolean;
  readonly hasValue: boolean;
}

export function secretChecks(
  seen: SecretSeen | undefined,
  {
    workspace,
    secret,
    region,
  }: { readonly workspace: string; readonly secret: string; readonly region: string },
): readonly Check[] {
  const command = (name: string) => `aws secretsmanager ${name} --region ${region} --secret-id '${secret}'`;
  if (!seen) {
    return [
      failed(
        'found',
        `there is no secret ${secret}`,
        'If apiKeySecretName names it in cdk.json, mend the name, or make the secret. One that the stack has made and ' +
          'somebody has removed for good comes back, without its key (the command SetKey sets that), by ' +
          setRight,
      ),
    ];
  }
  if (seen.isDeleted) {
    return [
      failed('found', 'it was deleted, and can be restored', `Restore it: ${command('restore-secret')}`),
    ];
  }
  return [
    ok('found', 'it is there'),
    seen.hasValue
      ? ok('value', 'it has one')
      : failed(
          'value',
          'it has none: the key was never set',
          `Set it to the REST API key of workspace ${workspace}: run this, paste the key, and press Enter and Ctrl-D: ` +
            `${command('put-secret-value')} --secret-string file:///dev/stdin`,
        ),
  ];
}
