/**
 * The open syncs of an integration: those whose row was not final when it was last read. This is the only place
 * that says which they are, on which page each stood, when it is asked for, and which are given up: still open
 * 7 days after their start, or the oldest, where there are more than the record has room for.
 */
import { dayOf, type Instant, instantOf, millisecondsOf } from '../rows/instant.ts';
import { isSameSync, secondOf } from '../rows/same-sync.ts';
import { type History, isOver, type OpenSync } from './history.ts';
import type { Page } from './page.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const abandonedAfterMs = 7 * dayMs;
/** A sync as young as this is asked for in every run; one that is over rarely changes, and is asked for hourly. */
const everyRunUntilMs = 2 * hourMs;
/** A sync as young as this is asked for every hour, an older one every day. */
const hourlyUntilMs = dayMs;
/** A little less than an hour and a day: else a run that comes a second too early would leave it to the next run. */
const everyMs = { hour: 0.9 * hourMs, day: 0.95 * dayMs } as const;
/** What an open sync takes in the record, rather too high: too low, more of them would be given up than needed. */
const bytesOfOne = 100;

/** Where and when this run has read a row. */
type Reading = Pick<OpenSync, 'place' | 'askedAt'>;

export class OpenSyncs {
  readonly #history: History;
  /** Rows that were not final when this run read them. */
  readonly #read = new Map<Instant, Reading>();
  /** Starts that stood on a page of this run. */
  readonly #seen = new Set<Instant>();
  /** Starts that this run has looked for, whether it met them or not. */
  readonly #lookedFor = new Set<Instant>();
  /** When this run asked for the page that it read last, in milliseconds. */
  #now: number | undefined;
  /** This run has looked for all that were due. */
  searched = false;

  constructor(history: History) {
    this.#history = history;
  }

  /** Those to be looked for now: newest first, beginning with the one that was left longest. */
  get due(): OpenSync[] {
    const due = this.#history.opens.filter((open) => this.#isDue(open));
    due.sort((a, b) => (a.start > b.start ? -1 : 1));
    const longest = due.reduce(
      (least, { askedAt }) => Math.min(least, askedAt ?? 0),
      Number.POSITIVE_INFINITY,
    );
    const first = due.findIndex(({ askedAt }) => (askedAt ?? 0) === longest);
    return [...due.slice(first), ...due.slice(0, first)];
  }

  hasMet(start: Instant): boolean {
    return this.#seen.has(start);
  }

  /** Every page of this run shows which of them are still open, and where they stand now. */
  meet({ cursor, at, starts, open = [] }: Page): void {
    this.#now = at;
    const reading = { place: cursor, askedAt: at };
    for (const start of starts) this.#read.delete(start);
    for (const start of open) {
      this.#read.set(start, reading);
      this.#seen.add(start);
    }
    const seconds = new Set(starts.map(secondOf));
    const isOnPage = (start: Instant) =>
      seconds.has(secondOf(start)) && starts.some((each) => isSameSync(each, start));
    this.#history.opens = this.#history.opens.map((known) => {
      if (!isOnPage(known.start)) return known;
      this.#seen.add(known.start);
      return { ...known, ...reading };
    });
  }

  /** It has had its turn, and is not due for a while. */
  hadItsTurn(start: Instant): void {
    this.#lookedFor.add(start);
    if (this.#seen.has(start)) return;
    this.#history.opens = this.#history.opens.map((open) =>
      open.start === start ? { ...open, askedAt: this.#now ?? open.askedAt } : open,
    );
  }

  /**
   * Counts what is too old, and asks about it no longer. Until it has been looked for once more, nobody can know:
   * one that was last read on its sixth day may have ended on its seventh.
   * @param unseen also such as this run has not looked for: it can't.
   */
  giveUp(now: number, unseen: boolean): void {
    const limit = this.#limit(now);
    const isDone = (start: Instant) => unseen || this.#seen.has(start) || this.#lookedFor.has(start);
    this.#drop(({ start }) => start <= limit && isDone(start));
  }

  /** Gives up the oldest, until the record has room for the rest. @param bytes what it takes now. */
  makeRoom(bytes: () => number, most: number): void {
    const history = this.#history;
    // Where none is open there is none to give up, and what the record takes is not worth the asking.
    if (history.opens.length === 0) return;
    for (let excess = bytes() - most; excess > 0; excess = bytes() - most) {
      const oldestFirst = history.opens.map(({ start }) => start).sort();
      const last = oldestFirst[Math.ceil(excess / bytesOfOne) - 1] ?? oldestFirst.at(-1);
      if (last === undefined) return;
      if (history.givenUpTo === null || last > history.givenUpTo) history.givenUpTo = last;
      this.#drop(({ start }) => start <= last);
    }
  }

  /** Up to when open syncs were given up before their time, where that makes a difference. */
  givenUpEarly(now: number): Instant | undefined {
    const { givenUpTo } = this.#history;
    return givenUpTo !== null && givenUpTo > instantOf(now - abandonedAfterMs) ? givenUpTo : undefined;
  }

  /**
   * Takes over from the lake which syncs of a day are not final, also such as a run that crashed has left there.
   *
   * - Young ones are asked about again.
   * - Of the old ones, those that this run has read are given up; those on the list wait until they have been
   *   looked for; and the others were given up before, unless there are more of them than were counted then: a run
   *   that crashed has left them, and they were never looked for.
   * - One that is final in the lake, and that the source shows open again, is followed until it is read as final.
   */
  takeFromLake(day: string, starts: readonly Instant[], now: number): void {
    const history = this.#history;
    const read = this.#read;
    const limit = this.#limit(now);
    const listed = new Map(history.opens.map((open) => [open.start, open]));
    const old = starts.filter((start) => start <= limit);
    const readNow = old.filter((start) => read.has(start));
    const others = old.filter((start) => !read.has(start) && !listed.has(start));
    const givenUp = new Set(
      others.length > (history.abandoned[day] ?? 0) ? readNow : [...readNow, ...others],
    );
    if (givenUp.size > 0) history.abandoned[day] = givenUp.size;
    else delete history.abandoned[day];

    const inLake = new Set(starts);
    const still = [...listed.values()].filter(({ start, again }) => again && !this.#seen.has(start));
    const again = [...read.keys(), ...still.map(({ start }) => start)].filter(
      (start) => dayOf(start) === day && start > limit && !inLake.has(start),
    );
    const entry = (start: Instant, isAgain: boolean): OpenSync => {
      const { place, askedAt }: Reading = read.get(start) ?? listed.get(start) ?? { place: null };
      return { start, place, askedAt, ...(isAgain ? { again: true } : {}) };
    };
    history.opens = [
      ...history.opens.filter(({ start }) => dayOf(start) !== day),
      ...starts.filter((start) => !givenUp.has(start)).map((start) => entry(start, false)),
      ...[...new Set(again)].map((start) => entry(start, true)),
    ];
  }

  /** Those that started by then are not to be followed any more. */
  #limit(now: number): Instant {
    const limit = instantOf(now - abandonedAfterMs);
    const { givenUpTo } = this.#history;
    return givenUpTo !== null && givenUpTo > limit ? givenUpTo : limit;
  }

  /** What was open again has a final row in the lake: it is not counted. */
  #drop(isOut: (open: OpenSync) => boolean): void {
    const history = this.#history;
    for (const { start } of history.opens.filter((open) => isOut(open) && !open.again)) {
      const day = dayOf(start);
      history.abandoned[day] = (history.abandoned[day] ?? 0) + 1;
    }
    history.opens = history.opens.filter((open) => !isOut(open));
  }

  /** In every run at first, then every hour, then every day, and once more before it is given up. */
  #isDue({ start, askedAt }: OpenSync): boolean {
    const now = this.#now;
    // A clock that was set back must not keep it waiting.
    if (now === undefined || askedAt === undefined || askedAt > now) return true;
    if (start <= this.#limit(now)) return true;
    const age = now - millisecondsOf(start);
    if (age < everyRunUntilMs && !isOver(this.#history, start)) return true;
    return now - askedAt >= (age < hourlyUntilMs ? everyMs.hour : everyMs.day);
  }
}
