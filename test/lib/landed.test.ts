/** What a stack of an earlier version becomes when it is deployed again: `landed/template.json` is what it was. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templateOf, workspace } from './synthesize.ts';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
type Resources = Readonly<Record<string, Resource>>;

const landed: Resources = JSON.parse(
  readFileSync(join(import.meta.dirname, 'landed/template.json'), 'utf8'),
).Resources;
const now: Resources = templateOf({
  workspaces: [workspace('default'), workspace('shop-2')],
  alarmEmail: 'on-call@example.com',
  alerts: { email: 'crm@example.com' },
}).toJSON().Resources;

const holdsData =
  /^AWS::(S3::Bucket|DynamoDB::GlobalTable|SecretsManager::Secret|SNS::(Topic|Subscription)|SQS::Queue|Logs::LogGroup)$/;

describe('P20: a stack of 28 November 2026 that is deployed again', () => {
  test.each(Object.keys(landed).filter((id) => holdsData.test(landed[id]?.Type ?? '')))(
    'keeps %s, and changes nothing of it',
    (id) => {
      expect(now[id]?.Type).toBe(landed[id]?.Type);
      expect(now[id]?.Properties).toEqual(landed[id]?.Properties);
    },
  );

  // CloudFormation makes what is new before it takes away what is old: under another id a name would be taken.
  test.each(Object.keys(landed).filter((id) => nameOf(landed[id]) !== undefined && !isDroppedQuery(id)))(
    'keeps %s, which has a name of its own',
    (id) => {
      expect([now[id]?.Type, nameOf(now[id])]).toEqual([landed[id]?.Type, nameOf(landed[id])]);
    },
  );

  test('loses nothing but two alarms, which have new names, and saved queries that are none any more', () => {
    const gone = Object.keys(landed).filter((id) => !(id in now) && !isDroppedQuery(id));
    expect(gone.map((id) => landed[id]?.Type)).toEqual(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Alarm']);
  });
});

function isDroppedQuery(id: string): boolean {
  return landed[id]?.Type === 'AWS::Athena::NamedQuery' && !(id in now);
}

/** Of Glue and Athena: nothing else in the stack is named by it. */
function nameOf(resource: Resource | undefined): unknown {
  if (!resource || !/^AWS::(Glue|Athena)::/.test(resource.Type)) return undefined;
  const { TableInput, DatabaseInput, Name } = (resource.Properties ?? {}) as Record<
    string,
    { Name?: string }
  >;
  return TableInput?.Name ?? DatabaseInput?.Name ?? Name;
}
