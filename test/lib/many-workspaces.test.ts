/** A stack of 1, 13 and 100 workspaces keeps within what AWS takes. */
import { describe, expect, test } from 'vitest';
import { readEnvironment, readWorkspaces } from '../../lambda/environment.ts';
import { keyPolicies } from '../../lib/key-policies.ts';
import { flat } from './flat.ts';
import { faultsOf } from './least-privilege.ts';
import { statementsOf } from './statements.ts';
import { templateOf, workspace } from './synthesize.ts';

const named = (count: number, more: (at: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, at) => workspace(`workspace-of-brand-${at}`, more(at)));
const key = 'arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef';
const vpc = { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-0123456789abcdef0'] };

/** As it stands in a policy once it is deployed: an ARN of 12 or 20 characters more than the name that it has here. */
const deployed = (document: unknown): string =>
  JSON.stringify(document, (_, value) => {
    if (
      typeof value !== 'object' ||
      value === null ||
      !('Ref' in value || 'Fn::GetAtt' in value || 'Fn::Join' in value)
    )
      return value;
    return flat(value)
      .replace(
        /<(ApiKeyOf\w+|WorkspaceSettings)>/,
        'arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:$1-abcdefghijkl-AbCdEf',
      )
      .replace(
        /<(\w+)(\.Arn)?>/,
        'arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/BrazeCdiSyncHistory-$1-ABCDEFGHIJKL',
      );
  });

describe.each([1, 13, 100])('%i workspaces', (count) => {
  // With all that adds resources and statements.
  const template = templateOf({
    workspaces: named(count),
    encryptionKeyArn: key,
    vpc,
    alarmEmail: 'a@example.com',
  });
  const { Resources, Outputs } = template.toJSON();
  const resources = Object.values<{ Type: string }>(Resources);

  test('fit into a stack: resources, outputs, size of the template', () => {
    expect(resources.length).toBeLessThan(450);
    expect(Object.keys(Outputs).length).toBeLessThan(20);
    expect(Buffer.byteLength(JSON.stringify(template.toJSON()))).toBeLessThan(900_000);
  });

  test('fit into the policies of a role, each key by its ARN', () => {
    const [[, role] = []] = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) =>
      /^ExporterRole/.test(id),
    );
    const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
    expect(
      deployed(role?.Properties.Policies.map((one: { PolicyDocument: unknown }) => one.PolicyDocument))
        .length,
    ).toBeLessThan(9_000);
    for (const { Properties } of policies)
      expect(deployed(Properties.PolicyDocument).length).toBeLessThan(6_144);
    expect(role?.Properties.ManagedPolicyArns ?? []).toHaveLength(policies.length);
    expect(policies.length).toBeLessThanOrEqual(9);
    const read = statementsOf(template)
      .filter(({ actions }) => actions.includes('secretsmanager:GetSecretValue'))
      .flatMap((statement) => statement.resources);
    expect(read.filter((arn) => arn.startsWith('<ApiKeyOf')).sort()).toEqual(
      Object.keys(template.findResources('AWS::SecretsManager::Secret'))
        .filter((id) => id.startsWith('ApiKeyOf'))
        .map((id) => `<${id}>`)
        .sort(),
    );
    expect(statementsOf(template).flatMap(faultsOf)).toEqual([]);
  });

  test('fit into the function’s environment, or into a secret beside it, and are read from there', () => {
    const [exporter] = Object.values(template.findResources('AWS::Lambda::Function'));
    const variables: Record<string, unknown> = exporter?.Properties.Environment.Variables;
    const environment = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, flat(value)]),
    );
    expect(deployed(variables).length).toBeLessThan(4_096);
    const { workspaces } = readEnvironment(environment);
    const settings =
      'settings' in workspaces
        ? workspaces.settings
        : readWorkspaces(flat(Resources.WorkspaceSettings.Properties.SecretString));
    expect(Object.keys(settings)).toEqual(named(count).map(({ name }) => name));
    expect(settings['workspace-of-brand-0']?.secret).toBe('<ApiKeyOfWorkspaceDashofDashbrandDash0>');
    expect('inSecret' in workspaces).toBe(count >= 13);
    if ('inSecret' in workspaces) expect(workspaces.inSecret).toBe('<WorkspaceSettings>');
  });
});

test('what the settings of many are kept in is encrypted as all else is', () => {
  templateOf({
    workspaces: named(100),
    encryptionKeyArn: key,
    vpc,
    alarmEmail: 'a@example.com',
  }).allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: key });
});

test('names as long as they may be are spread over more policies', () => {
  const long = Array.from({ length: 100 }, (_, at) => ({
    name: `${String(at).padStart(3, 'a')}${'x'.repeat(60)}`,
  }));
  const policies = keyPolicies(long);
  expect(policies.flat()).toEqual(long.map(({ name }) => name));
  expect(policies.length).toBeLessThanOrEqual(9);
  const secrets = long.map((one, at) => ({ ...one, apiKeySecretName: `${at}${'s'.repeat(500)}` }));
  expect(keyPolicies(secrets).length).toBeGreaterThan(9);
});
