/** All corpora, with so many histories each, and what was found in them: the figures of a measure, part by part. */
import { hourMs } from '../../../lambda/standing/periods.ts';
import { traps } from '../../../lambda/standing/standing.ts';
import { plans } from './calendar.ts';
import { playExactly } from './exact.ts';
import { playTroubles, yearsOfTroubles } from './incident-corpus.ts';
import { calendarsOf, playCalendar } from './lateness-corpus.ts';
import { cleanHistory, falseFindings, foundAfter, isRecreationFound, trappedHistory } from './trap-corpus.ts';

/** A trap is to be found within so many syncs that show it. */
const soonEnough = 3;
const calendarYears = 5;
/** A calendar of five years takes as long as some fifty other histories. */
const historiesACalendar = 50;

interface Measured {
  readonly what: string;
  /** What it was measured on, and what was found. */
  readonly figures: string;
  /** `seed 17: what is wrong` */
  readonly wrong: readonly string[];
}

type Part = (seeds: readonly number[]) => Iterable<Measured>;

/** Of what `npm run simulate -- --standing` plays, by name. */
export const corpusParts = {
  traps: playTraps,
  incidents: playIncidents,
  calendars: playCalendars,
  clean: playClean,
  kept: playKept,
} as const satisfies Record<string, Part>;
export type CorpusPart = keyof typeof corpusParts;

/** @throws where there is no part of such a name. */
export function readParts(text: string): readonly CorpusPart[] {
  const names = Object.keys(corpusParts) as CorpusPart[];
  return text.split(',').map((name) => {
    const part = names.find((each) => each === name.trim());
    if (!part) throw new Error(`There are ${names.join(', ')}.`);
    return part;
  });
}

/** @returns the seeds of what was wrong. */
export function playCorpus(parts: readonly CorpusPart[], runs: number, seed: number): number[] {
  const seeds = Array.from({ length: runs }, (_, index) => seed + index);
  console.log(`Seed ${seed}, ${runs} histories each; of calendars one in ${historiesACalendar}.`);
  const failed = new Set<number>();
  for (const part of parts) {
    let began = performance.now();
    for (const { what, figures, wrong } of corpusParts[part](seeds)) {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${part}: ${what}: ${figures}; ${wrong.length} wrong (${seconds} s)`);
      for (const each of wrong.slice(0, 5)) console.log(`  ${each}`);
      for (const each of wrong) failed.add(Number(/^seed (\d+)/.exec(each)?.[1]));
      began = performance.now();
    }
  }
  return [...failed];
}

function* playTraps(seeds: readonly number[]): Iterable<Measured> {
  for (const trap of traps) {
    const found = seeds.map((seed) => ({ seed, after: foundAfter(trap, trappedHistory(trap, seed)) }));
    const isSoon = (after: number | undefined) => after !== undefined && after <= soonEnough;
    const counts = Array.from({ length: soonEnough }, (_, index) => {
      const at = index + 1;
      return `${found.filter(({ after }) => after === at).length} at the ${at}.`;
    });
    yield {
      what: trap,
      figures: `${seeds.length} histories, found ${counts.join(', ')} sync`,
      wrong: found.flatMap(({ seed, after }) =>
        isSoon(after) ? [] : [`seed ${seed}: ${after === undefined ? 'never' : `at the ${after}.`}`],
      ),
    };
  }
  yield {
    what: 'recreated',
    figures: `${seeds.length} workspaces`,
    wrong: seeds.flatMap((seed) => (isRecreationFound(seed) ? [] : [`seed ${seed}`])),
  };
}

function* playIncidents(seeds: readonly number[]): Iterable<Measured> {
  const found = seeds.map((seed) => ({ seed, ...playTroubles(seed) }));
  const raised = found.flatMap(({ told }) => told.filter(({ event }) => event === 'raised'));
  yield {
    what: 'labelled troubles',
    figures: `${(seeds.length * yearsOfTroubles).toFixed(0)} integration-years, ${raised.length} raised`,
    wrong: found.flatMap(({ seed, faults }) => faults.map((fault) => `seed ${seed}: ${fault}`)),
  };
}

function* playCalendars(seeds: readonly number[]): Iterable<Measured> {
  const played = seeds.filter((_, index) => index % historiesACalendar === 0);
  for (const calendar of plans.flatMap(calendarsOf)) {
    const found = played.map((seed) => ({
      seed,
      ...playCalendar({ ...calendar, years: calendarYears, seed }),
    }));
    const sum = (of: (each: (typeof found)[number]) => number) =>
      found.reduce((total, each) => total + of(each), 0);
    const outages = sum((each) => each.outages);
    const hours = Math.max(...found.map(({ longestMs }) => longestMs)) / hourMs;
    yield {
      what: `${calendar.plan}, promises ${calendar.promises}, ${calendar.trouble}`,
      figures:
        `${sum(() => calendarYears)} years, ${sum(({ looks }) => looks)} looks, ` +
        `${outages - sum(({ unheard }) => unheard.length)} of ${outages} outages heard in time, ` +
        `the last after ${hours.toFixed(1)} h, ${sum(({ falseRaised }) => falseRaised)} false incidents`,
      wrong: found.flatMap(({ seed, falseRaised, mostFalse, firstFalse, unheard }) => [
        ...(falseRaised > mostFalse ? [`seed ${seed}: ${falseRaised} false, the first ${firstFalse}`] : []),
        ...unheard.map((each) => `seed ${seed}: ${each}`),
      ]),
    };
  }
}

function* playClean(seeds: readonly number[]): Iterable<Measured> {
  const clean = seeds.map((seed) => ({ seed, ...cleanHistory(seed) }));
  const months = clean.reduce((sum, each) => sum + each.months, 0);
  const wrong = clean.flatMap((each) => falseFindings(each).map((found) => `seed ${each.seed}: ${found}`));
  const share = ((1000 * wrong.length) / months).toFixed(2);
  yield {
    what: 'histories without a lie',
    figures: `${months} integration-months, ${share} false findings in 1000`,
    wrong,
  };
}

function* playKept(seeds: readonly number[]): Iterable<Measured> {
  const played = seeds.map(playExactly);
  const runs = played.reduce((sum, each) => sum + each.runs, 0);
  yield {
    what: 'kept, rebuilt and modelled are the same',
    figures: `${seeds.length} histories, ${runs} runs`,
    wrong: played.flatMap(({ differences }) => differences),
  };
}
