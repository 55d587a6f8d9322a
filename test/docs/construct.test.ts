import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationSchema, workspaceSchema } from '../../lib/configuration/schema.ts';
import { propsReference, withReference } from './construct.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/construct.md'), 'utf8');

test('docs/construct.md has each prop as its doc comment tells it (npm run reference writes it anew)', () => {
  expect(page).toBe(withReference(page));
});

test('each prop stands there, and each that may be left out has a default', () => {
  const rows = propsReference().matchAll(/^\| `(\w+)` \| `.+?` \| (.*?) \| (.*?) \|$/gm);
  const told = new Map(
    [...rows].map(([, name, byDefault, description]) => [name, { byDefault, description }]),
  );
  for (const prop of [...Object.keys(configurationSchema.shape), ...Object.keys(workspaceSchema.shape)]) {
    expect([prop, told.get(prop)?.byDefault, told.get(prop)?.description]).toEqual([
      prop,
      expect.stringMatching(/./),
      expect.stringMatching(/./),
    ]);
  }
});
