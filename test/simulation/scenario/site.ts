/** A scenario set up: the world, a Braze that serves it, and the place where the exporter runs. */
import type { ToldLie } from '../../../local/simulator/lies/told-lie.ts';
import { Forgotten } from '../checks/forgotten.ts';
import { Shown } from '../checks/shown.ts';
import { Lab } from '../lab/lab.ts';
import { Random } from '../lab/random.ts';
import { alertPorts, moodOf, RecordingSink } from '../lab/recording-sink.ts';
import { MovingWorld } from '../world/moving-world.ts';
import type { SiteEvent, WorldEvent } from '../world/world-plan.ts';
import type { PlannedLie, Scenario } from './scenario.ts';

export interface Site {
  readonly lab: Lab;
  readonly world: MovingWorld;
  readonly random: Random;
  readonly shown: Shown;
  readonly forgotten: Forgotten;
  /** Nothing that an honest source at a tidy place would not do. */
  readonly tidy: boolean;
  /** Whatever goes wrong at the exporter's place: the source itself says what is, and in order. */
  readonly honest: boolean;
  /** Whether starts come in more than one spelling. */
  readonly spelled: boolean;
  readonly storesAreSlow: boolean;
  /** Whether a day of the lake gets lost: what stands there is not all that is known then. */
  readonly losesObjects: boolean;
  /** Who is told of incidents. */
  readonly sinks: readonly RecordingSink[];
  happen(event: WorldEvent | SiteEvent): void;
}

export function siteOf(scenario: Scenario): Site {
  const { limits, quirks, latencyMs, storeLatencyMs, clocks } = scenario;
  const random = new Random(scenario.chance);
  const shown = new Shown();
  const now = Date.UTC(2026, 5, 1, 12) + scenario.beginsMs;
  const world = new MovingWorld(scenario.world, now + clocks.brazeAheadMs);
  const lab = new Lab(random, world, {
    now,
    limits,
    latency: latencyMs,
    maxRequestsPerRun: 3000,
    ...(storeLatencyMs > 0 ? { storeLatency: [0, storeLatencyMs] } : {}),
    quirks: { ...quirks, lies: scenario.lies.map((lie) => toldLie(lie, scenario.world.integrations.length)) },
    onAnswer: ({ kind, integrationId }, { status, body }) => {
      if (kind === 'status' && integrationId !== undefined && status === 200) shown.see(integrationId, body);
    },
  });
  Object.assign(lab.brazeClock, { offsetMs: clocks.brazeAheadMs, driftMsPerHour: clocks.brazeDriftMs });
  Object.assign(lab.exporterClock, {
    offsetMs: clocks.exporterAheadMs,
    driftMsPerHour: clocks.exporterDriftMs,
  });
  const sinks = [new RecordingSink('topic'), new RecordingSink('events')];
  for (const [index, sink] of sinks.entries())
    sink.receive = moodOf(new Random(scenario.chance + index), 0.3);
  lab.alerts = alertPorts(sinks);
  const atSite = (event: SiteEvent) => happenAtSite(event, lab, shown);
  world.atSite = atSite;
  return {
    lab,
    world,
    random,
    shown,
    forgotten: new Forgotten(world),
    tidy: isTidy(scenario),
    honest: isHonest(scenario),
    spelled: scenario.lies.some(({ name }) => name === 'milliseconds in starts'),
    storesAreSlow: storeLatencyMs > 0,
    losesObjects: eventsOf(scenario).includes('lost object'),
    sinks,
    happen: (event) => {
      if (event.kind === 'lost object' || event.kind === 'clock steps') atSite(event);
      else world.happen(event, lab.brazeClock.now());
    },
  };
}

function happenAtSite(event: SiteEvent, lab: Lab, shown: Shown): void {
  if (event.kind === 'clock steps') {
    lab.exporterClock.offsetMs = event.minutes * 60_000;
    return;
  }
  const days = lab.objects.keys().filter((key) => key.startsWith('syncs/'));
  const key = days[event.object % Math.max(1, days.length)];
  if (key === undefined) return;
  lab.objects.lose(key);
  shown.forgetDay(/dt=([\d-]+)/.exec(key)?.[1] ?? key);
}

function toldLie({ name, integration, after, times }: PlannedLie, integrations: number): ToldLie {
  const about =
    integration === null
      ? {}
      : { integrationId: `integration-${String(integration % integrations).padStart(3, '0')}` };
  return { name, after, times, ...about };
}

function eventsOf({ steps }: Scenario): (WorldEvent | SiteEvent)['kind'][] {
  return steps.flatMap(({ during, meanwhile }) =>
    [...during.map(({ event }) => event), ...meanwhile].map(({ kind }) => kind),
  );
}

const plain: readonly string[] = ['start', 'purge', 'hostile', 'remove'];

function isHonest(scenario: Scenario): boolean {
  const kinds = eventsOf(scenario);
  return scenario.lies.length === 0 && kinds.every((kind) => plain.includes(kind) || kind === 'clock steps');
}

function isTidy(scenario: Scenario): boolean {
  const isRight = Object.values(scenario.clocks).every((milliseconds) => milliseconds === 0);
  return isHonest(scenario) && isRight && eventsOf(scenario).every((kind) => plain.includes(kind));
}
