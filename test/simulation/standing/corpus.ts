/** All corpora, with so many histories each, and what was found in them. */
import { traps } from '../../../lambda/standing/standing.ts';
import { plans } from './calendar.ts';
import { playExactly } from './exact.ts';
import { playTroubles } from './incident-corpus.ts';
import { playCalendar, promises, troubles } from './lateness-corpus.ts';
import { cleanHistory, falseFindings, foundAfter, isRecreationFound, trappedHistory } from './trap-corpus.ts';

export function playCorpus(runs: number, seed: number): void {
  const seeds = Array.from({ length: runs }, (_, index) => seed + index);
  const say = (what: string, wrong: readonly unknown[]) => {
    console.log(`${what}: ${wrong.length} wrong`);
    for (const each of wrong.slice(0, 5)) console.log(`  ${String(each)}`);
    if (wrong.length > 0) process.exitCode = 1;
  };
  console.log(`Seed ${seed}, ${runs} histories each.`);
  for (const trap of traps) {
    const missed = seeds.filter((each) => (foundAfter(trap, trappedHistory(trap, each)) ?? 99) > 3);
    say(`${trap} within three syncs`, missed);
  }
  say(
    'recreated',
    seeds.filter((each) => !isRecreationFound(each)),
  );
  say(
    'incidents',
    seeds.flatMap((each) => playTroubles(each).faults),
  );
  for (const plan of plans) {
    for (const each of promises) {
      for (const trouble of troubles) {
        // Nobody can know of another plan that is nowhere told.
        if (trouble === 're-planned' && each === 'none') continue;
        const played = playCalendar({ plan, promises: each, trouble, years: 5, seed });
        const wrong = [...(played.firstFalse === null ? [] : [played.firstFalse]), ...played.unheard];
        say(
          `${plan}, promises ${each}, ${trouble}: ${played.outages} outages in ${played.looks} looks`,
          wrong,
        );
      }
    }
  }
  const clean = seeds.map((each) => cleanHistory(each));
  const months = clean.reduce((sum, each) => sum + each.months, 0);
  say(`clean histories, ${months} months`, clean.flatMap(falseFindings));
  say(
    'kept, rebuilt and modelled',
    seeds.flatMap((each) => playExactly(each).differences),
  );
}
