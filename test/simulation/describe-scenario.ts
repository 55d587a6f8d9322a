/** A scenario in lines that a person can follow; only what differs from the plainest one is said. */
import { defaultQuirks } from '../../local/simulator/quirks.ts';
import type { Scenario, Step } from './scenario.ts';
import { hostileRows, type TimedEvent, type WorldEvent } from './world-plan.ts';

export function describeScenario({
  beginsMs,
  chance,
  limits,
  quirks,
  world,
  steps,
}: Scenario): readonly string[] {
  const odd = Object.entries(quirks).filter(
    ([name, value]) =>
      value !== defaultQuirks[name as keyof typeof defaultQuirks] &&
      (name !== 'cursorLifetime' || quirks.cursorKind === 'expiring'),
  );
  return [
    `begins at ${new Date(Date.UTC(2026, 5, 1, 12) + beginsMs).toISOString()}, chance ${chance}, details ${world.details}`,
    `limits: ${limits.list} list and ${limits.status} status requests a minute`,
    `quirks: ${odd.map(([name, value]) => `${name} ${value}`).join(', ') || 'as documented'}`,
    ...(world.stuckShare > 0 ? [`stuck: ${world.stuckShare} of all syncs never end`] : []),
    ...world.integrations.map(
      ({ rows, cadenceMinutes }, index) =>
        `integration ${index}: ${rows} rows, one each ${cadenceMinutes} minutes`,
    ),
    ...steps.flatMap((step, index) => describeStep(step, index + 1)),
    'then quiet runs',
  ];
}

function describeStep(
  { deadlineMs, disturbance, twice, during, thenMs, meanwhile }: Step,
  run: number,
): string[] {
  const notes = [
    ...(twice ? ['two at once'] : []),
    ...(deadlineMs === null || twice ? [] : [`deadline after ${deadlineMs / 1000} s`]),
    ...(disturbance && !twice
      ? [`${disturbance.kind} ${disturbance.applied ? 'after' : 'before'} call ${disturbance.call}`]
      : []),
  ];
  return [
    `run ${run}${notes.length > 0 ? `: ${notes.join(', ')}` : ''}`,
    ...describeTimed(during).map((line) => `  ${line}`),
    ...(thenMs > 0 ? [`  then ${thenMs / 60_000} minutes pass`] : []),
    ...meanwhile.map((event) => `  meanwhile ${describeEvent(event)}`),
  ];
}

function describeTimed(events: readonly TimedEvent[]): string[] {
  return events.map(({ requests, event }, index) => {
    const when =
      index === 0 ? `before request ${requests + 1}` : requests === 0 ? 'and' : `${requests} requests later`;
    return `${when}: ${describeEvent(event)}`;
  });
}

function describeEvent(event: WorldEvent): string {
  const where = `integration ${event.integration}`;
  switch (event.kind) {
    case 'start':
      return `${event.syncs} syncs start (${where})`;
    case 'purge':
      return `${event.rows} old rows are purged (${where})`;
    case 'hostile':
      return `a row that can't be placed: ${hostileRows[event.row]} (${where})`;
    case 'remove':
      return `${where} is removed`;
  }
}
