/** Where the doctor of a stack sends a person, there is a heading. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sectionsOf } from '../../../docs/runbook/sections.ts';
import { project } from '../../../lib/synthesize.ts';

const sources = globSync('local/doctor/stack/*.ts', { cwd: project }).map((file) =>
  readFileSync(join(project, file), 'utf8'),
);
const links = sources.flatMap((source) =>
  [...source.matchAll(/(docs\/[\w-]+\.md)#([a-z_-]+)/g)].map(([, page = '', anchor = '']) => ({
    page,
    anchor,
  })),
);

test('the doctor of a stack has links', () => expect(links.length).toBeGreaterThan(5));

test.each(links)('$page has the heading $anchor', ({ page, anchor }) => {
  const sections = sectionsOf(readFileSync(join(project, page), 'utf8'));
  expect(sections.map((section) => section.anchor)).toContain(anchor);
});
