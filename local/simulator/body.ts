import type { Quirks } from './quirks.ts';
import { RawJson } from './world.ts';

/** The body of a page. @param isAll whether the list has no other pages. */
export function pageBody(items: readonly unknown[], quirks: Quirks, isAll: boolean): string {
  if (isAll && items.length === 0 && quirks.withoutRows === 'message_only') return '{"message":"success"}';
  const texts = items.map((item) => itemText(item, quirks));
  if (!quirks.pretty) return `{"results":[${texts.join(',')}],"message":"success"}`;
  const rows = texts.map((text) => `\n    ${text}`).join(',');
  return `{\n  "results": [${rows}${texts.length > 0 ? '\n  ' : ''}],\n  "message": "success"\n}\n`;
}

function itemText(item: unknown, { capitalisedStatuses, pretty }: Quirks): string {
  if (item instanceof RawJson) return item.json;
  const served = capitalisedStatuses ? withCapitalisedStatus(item) : item;
  const text = pretty ? JSON.stringify(served, null, 2)?.replaceAll('\n', '\n    ') : JSON.stringify(served);
  return text ?? 'null';
}

const statusFields = ['job_status', 'last_job_status'];

function withCapitalisedStatus(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  const fields = Object.entries(item).map(([name, value]) =>
    statusFields.includes(name) && typeof value === 'string'
      ? [name, `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`]
      : [name, value],
  );
  return Object.fromEntries(fields);
}
