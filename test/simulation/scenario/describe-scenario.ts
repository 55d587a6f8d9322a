/** A scenario in lines that a person can follow; only what differs from the plainest one is said. */
import { defaultQuirks } from '../../../local/simulator/quirks.ts';
import { hostileRows, type SiteEvent, type TimedEvent, type WorldEvent } from '../world/world-plan.ts';
import type { PlannedLie, Scenario, Step } from './scenario.ts';

export function describeScenario(scenario: Scenario): readonly string[] {
  const { beginsMs, chance, limits, latencyMs, storeLatencyMs, quirks, lies, clocks, world, steps } =
    scenario;
  const odd = Object.entries(quirks).filter(
    ([name, value]) =>
      value !== defaultQuirks[name as keyof typeof defaultQuirks] &&
      (name !== 'cursorLifetime' || quirks.cursorKind === 'expiring'),
  );
  return [
    `begins at ${new Date(Date.UTC(2026, 5, 1, 12) + beginsMs).toISOString()}, chance ${chance}, details ${world.details}`,
    `limits: ${limits.list} list and ${limits.status} status requests a minute`,
    `quirks: ${odd.map(([name, value]) => `${name} ${value}`).join(', ') || 'as documented'}`,
    ...(latencyMs[0] > 500 ? [`answers take ${latencyMs.join(' to ')} ms`] : []),
    ...(storeLatencyMs > 0 ? [`stores take up to ${2 * storeLatencyMs} ms`] : []),
    ...Object.entries(clocks)
      .filter(([, milliseconds]) => milliseconds !== 0)
      .map(([name, milliseconds]) => `${name}: ${milliseconds}`),
    ...lies.map(describeLie),
    ...(world.stuckShare > 0 ? [`stuck: ${world.stuckShare} of all syncs never end`] : []),
    ...world.integrations.map(
      ({ rows, cadenceMinutes }, index) =>
        `integration ${index}: ${rows} rows, one each ${cadenceMinutes} minutes`,
    ),
    ...(world.idle > 0 ? [`and ${world.idle} more, with a row each`] : []),
    ...steps.flatMap((step, index) => describeStep(step, index + 1)),
    'then quiet runs',
  ];
}

function describeLie({ name, integration, after, times }: PlannedLie): string {
  const often = times === null ? 'for ever' : times === 1 ? 'once' : `${times} times`;
  const where = integration === null ? '' : ` of integration ${integration}`;
  return `lie: ${name}${where}, ${often}, after ${after} true answers`;
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

function describeEvent(event: WorldEvent | SiteEvent): string {
  if (event.kind === 'lost object') return `an object of a day is lost: number ${event.object}`;
  if (event.kind === 'clock steps') return `the exporter's clock is set by ${event.minutes} minutes`;
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
    case 'late row':
      return `a sync that started ${event.minutes} minutes ago is listed (${where})`;
    case 'row ahead':
      return `a sync is listed that starts in ${event.hours} hours (${where})`;
    case 'strange status':
      return `the newest sync ends with a strange status (${where})`;
    default:
      return `${event.kind}, ${event.down} rows down (${where})`;
  }
}
