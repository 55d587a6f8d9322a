import { type Coverage, keyOf, type ModelLake, type ModelRow, timeText } from './lake.ts';

export function completeness({ coverage, integrations }: ModelLake): ModelRow[] {
  const covered = new Map(coverage.map((line) => [keyOf(line), line]));
  const listings = new Map(integrations.map((listing) => [keyOf(listing), listing]));
  return [...new Set([...covered.keys(), ...listings.keys()])].map((key) => {
    const [workspace, id] = JSON.parse(key) as [string, string];
    const [line, listing] = [covered.get(key), listings.get(key)];
    return {
      workspace,
      integration_id: id,
      integration_name: listing?.name || id,
      integration_type: listing?.type ?? null,
      listed: listing?.listed ?? null,
      trusted_from: timeText(line?.from ?? null),
      trusted_to: timeText(line?.to ?? null),
      state: line?.state ?? null,
      row_order: line?.rowOrder ?? null,
      gaps: line?.gaps ?? null,
      open_syncs: line?.open ?? null,
      abandoned_syncs: line?.abandoned ?? null,
      failure: line?.failure ?? null,
      checked_at: timeText(line?.checkedAt ?? null),
      verdict: line ? sentences(line).join(' ') : 'No run has read it yet.',
    };
  });
}

function sentences({ from, to, rowOrder, gaps, open, abandoned, state, failure }: Coverage): string[] {
  const all: string[] = [];
  const text = (time: number) => timeText(time)?.slice(0, 16);
  if (to === null) all.push('No stretch of its history is whole yet.');
  else if (from === null) all.push(`It had no syncs up to ${text(to)}.`);
  else {
    const condition = rowOrder === 'unproved' ? ', if the rows go on as seen so far' : '';
    all.push(`Whole from ${text(from)} to ${text(to)}${condition}.`);
  }
  if (gaps !== null && gaps > 0n) all.push(`Older stretches not read yet: ${gaps}.`);
  if (open !== null && open > 0n) all.push(`Not final yet: ${open}.`);
  if (abandoned !== null && abandoned > 0n) all.push(`Never final: ${abandoned}.`);
  if (state === 'failing') all.push(`It could not be read the last time: ${failure ?? 'no reason given.'}`);
  if (state === 'gone') all.push('It is gone from Braze; its history is kept.');
  if (state !== 'failing' && failure !== null) all.push(`What keeps it from being whole: ${failure}`);
  return all;
}
