/** What was found, for a person: lines of 80 columns. */
import wrapAnsi from 'wrap-ansi';
import type { Report } from '../audit.ts';
import { type Finding, findingKinds } from '../findings.ts';
import { things } from '../things.ts';

const width = 80;
/** Of each kind. `--json` has them all. */
const mostShown = 10;

export interface Checked {
  /** Syncs that were read anew from Braze; undefined: Braze was not asked. */
  readonly fromBraze?: number | undefined;
}

export function reportText(report: Report, checked: Checked): string {
  const { findings, findingCount } = report;
  if (findingCount === 0) return `${wrapAnsi(`All is well: ${whatWasChecked(report, checked)}.`, width)}\n`;
  const kinds = Map.groupBy(findings, ({ kind }) => kind);
  const sections = [...kinds].map(([kind, found]) => sectionOf(kind, found));
  const end = `${things(findingCount, 'finding')} in ${whatWasChecked(report, checked)}. What to do: docs/audit.md`;
  return `${sections.join('\n')}\n${wrapAnsi(end, width)}\n`;
}

function whatWasChecked({ objects, rows, checkpointWasRead }: Report, { fromBraze }: Checked): string {
  const parts = [`${things(objects, 'object')} with ${things(rows, 'line')}`];
  if (checkpointWasRead) parts.push('their checkpoint');
  if (fromBraze !== undefined) parts.push(`${things(fromBraze, 'sync')} read anew from Braze`);
  return parts.length === 1 ? String(parts[0]) : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function sectionOf(kind: Finding['kind'], found: readonly Finding[]): string {
  const lines = [`${kind}: ${findingKinds[kind]} (${count(found.length)})`];
  for (const finding of found.slice(0, mostShown)) lines.push(...linesOf(finding));
  if (found.length > mostShown)
    lines.push(`  and ${count(found.length - mostShown)} more: see them with --json`);
  return `${lines.map((line) => wrapAnsi(line, width, { hard: true, trim: false })).join('\n')}\n`;
}

function linesOf({ key, integration_id, detail }: Finding): string[] {
  const of = integration_id === null ? '' : `${printable(integration_id)}: `;
  return [`  ${printable(key)}`, ...indented(`${of}${printable(detail)}`)];
}

function indented(text: string): string[] {
  return wrapAnsi(text, width - 4, { hard: true })
    .split('\n')
    .map((line) => `    ${line}`);
}

/** A row may hold anything, also what a terminal would obey. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?');

const count = (value: number): string => value.toLocaleString('en');
