/** The templates of docs/alerts.md are taken by CloudFormation, as far as the CDK knows it, and do what the page says. */
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { describe, expect, test } from 'vitest';
import { alertOf } from '../../../lambda/alerts/alert-of.ts';
import { detailTypes, eventSource } from '../../../lambda/alerts/event-bridge-events.ts';
import { chatTextOf } from '../../../lambda/alerts/message-texts.ts';
import { project } from '../../lib/synthesize.ts';

const page = readFileSync(join(project, 'docs/alerts.md'), 'utf8');
const blocks = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(([, json = '']) => JSON.parse(json));

function included(name: string): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'braze-cdi-'));
  try {
    const stack = new Stack(new App({ outdir }), 'Example');
    new CfnInclude(stack, 'Included', { templateFile: join(project, 'docs/alerts', name) });
    return Template.fromStack(stack);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

test('the page names all of its templates', () => {
  const files = globSync('docs/alerts/*', { cwd: project });
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(page).toContain(`](${file.slice('docs/'.length)})`);
});

test('the queue gets all that the exporter tells, by the rule that the page shows', () => {
  const template = included('incidents-to-queue.yaml');
  const pattern = { source: [eventSource] };
  expect(blocks).toContainEqual(pattern);
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: pattern });
  template.hasResourceProperties('AWS::SQS::QueuePolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({
          Action: 'sqs:SendMessage',
          Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': 'Rule.Arn' } } },
        }),
      ],
    },
  });
});

describe('a failed sync is started again', () => {
  const template = included('restart-failed-syncs.yaml');

  test('after an error of that workspace, and after nothing else', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: [eventSource],
        'detail-type': [detailTypes.finished],
        detail: { workspace: [{ Ref: 'Workspace' }], job_status: ['error'] },
      },
      Targets: [Match.objectLike({ Arn: { Ref: 'Count' } })],
    });
  });

  test('at most so many times a day for an integration', () => {
    const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const { StartAt, States } = machine?.Properties.Definition ?? {};
    expect(States.CountIt.Arguments).toMatchObject({
      ConditionExpression: 'attribute_not_exists(restarts) OR restarts < :most',
      ExpressionAttributeValues: { ':most': { N: `\${MostADay}` } },
    });
    expect(machine?.Properties.DefinitionSubstitutions.MostADay).toEqual({ Ref: 'MostADay' });
    const next = JSON.stringify([StartAt, States]).matchAll(/"(?:Next|Default)":"(\w+)"/g);
    const reached = [StartAt, ...[...next].map(([, state]) => state)];
    expect([...new Set(reached)].sort()).toEqual(Object.keys(States).sort());
  });

  test('by an event of its own, which only the count sends', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ source: ['braze-cdi-restart'], 'detail-type': ['Sync Restart'] }),
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': 'StartSync.Arn' },
          HttpParameters: { PathParameterValues: ['$.detail.integration_id'] },
        }),
      ],
    });
    template.hasResourceProperties('AWS::Events::ApiDestination', {
      HttpMethod: 'POST',
      InvocationEndpoint: { 'Fn::Sub': `\${Endpoint}/cdi/integrations/*/sync` },
    });
  });

  test('P12: with a key that stands nowhere in the template', () => {
    template.hasResourceProperties('AWS::Events::Connection', {
      AuthParameters: {
        ApiKeyAuthParameters: {
          ApiKeyName: 'Authorization',
          ApiKeyValue: { 'Fn::Sub': `Bearer {{resolve:secretsmanager:\${KeyName}}}` },
        },
      },
    });
  });

  test('P13: with roles that may do one thing each', () => {
    const allowed = Object.values(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) =>
      Properties.Policies[0].PolicyDocument.Statement.map(({ Action }: { Action: unknown }) => Action),
    );
    expect(allowed.sort()).toEqual([
      'dynamodb:UpdateItem',
      'events:InvokeApiDestination',
      'events:PutEvents',
      'states:StartExecution',
    ]);
    expect(JSON.stringify(template.toJSON())).not.toContain('"Resource":"*"');
  });
});

describe('the page', () => {
  test('shows an alert as a webhook gets it', () => {
    const { text, ...shown } = blocks[0];
    const { id, integration_id, integration_name, since, at } = shown;
    const alert = alertOf(
      {
        id,
        event: 'raised',
        kind: 'failed',
        trap: null,
        since: Date.parse(since),
        at: Date.parse(at),
        reason:
          'The newest sync ended without success, the last with error. The last success began 24 h ago.',
      },
      {
        workspace: 'default',
        dashboard: 'dashboard-01.braze.com',
        integration: { id: integration_id, name: integration_name, lastStatus: 'error', detailsUntil: null },
      },
    );
    expect(shown).toEqual(alert);
    expect(chatTextOf(alert)).toContain(text.replace(' …', ''));
  });

  test('shows patterns that are JSON, all of them of this source', () => {
    const patterns = [...page.matchAll(/`(\{"source".*?\})` \|/g)].map(([, json = '']) => JSON.parse(json));
    expect(patterns).toHaveLength(3);
    for (const { source } of patterns) expect(source).toEqual([eventSource]);
  });
});
