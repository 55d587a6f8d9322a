/** What is told of a run while it goes on: one line, which fits the terminal. */
import type { RunEvent } from '../../lambda/run/run-events.ts';
import { count, counted } from '../table/counted.ts';
import { durationText } from '../table/duration.ts';
import { Backlog } from './backlog.ts';

/** How time goes in a run, and how fast it may read. */
export interface Pace {
  /** By the clock of the source, in milliseconds. */
  readonly now: () => number;
  /** Seconds of that clock in a second. */
  readonly speed: number;
  /** How many pages a minute may be asked for. Undefined: nothing is estimated, it is over in moments. */
  readonly perMinute: number | undefined;
}

interface Piece {
  readonly text: string;
  /** @default the text */
  readonly short?: string;
  readonly rank: number;
}

/** Below that, what is said would be old before it is read. */
const worthTellingMs = 2 * 60_000;
/** A first export that is as long is told of at its start. */
const longMs = 5 * 60_000;
const between = ' · ';

export class ProgressLine {
  readonly #pace: Pace;
  readonly #backlog: Backlog;
  #firstPage: { readonly at: number; readonly pages: number } | undefined;
  #done = 0;
  #total = 0;
  #pages = 0;
  #rows = 0;
  #wait: { readonly until: number; readonly why: 'limit' | 'retry' } | undefined;
  #estimated = false;

  constructor(pace: Pace) {
    this.#pace = pace;
    this.#backlog = new Backlog(pace.now());
  }

  take(event: RunEvent): void {
    if (event.kind === 'listed') this.#total = event.integrations;
    if (event.kind === 'wait') this.#wait = { until: this.#pace.now() + event.milliseconds, why: event.why };
    if (event.kind === 'failed') this.#backlog.drop(event.integrationId);
    if (event.kind !== 'page') return;
    this.#backlog.take(event);
    this.#firstPage ??= { at: this.#pace.now(), pages: event.pages };
    this.#rows += event.rows;
    [this.#done, this.#total, this.#pages] = [event.done, event.total, event.pages];
  }

  /** How much of it is done, from 0 to 1. */
  get share(): number {
    const left = this.#backlog.pagesLeft;
    if (this.#pace.perMinute !== undefined && left !== undefined && this.#pages > 0)
      return this.#pages / (this.#pages + left);
    return this.#total > 0 ? this.#done / this.#total : 0;
  }

  /** Said once, when it is known that it takes long. */
  estimate(): string | undefined {
    const [left, leftMs] = [this.#backlog.pagesLeft, this.#leftMs()];
    if (this.#estimated || left === undefined || leftMs === undefined) return undefined;
    this.#estimated = true;
    if (leftMs < longMs) return undefined;
    return (
      `At most ${rough(left)} pages more are to be read, which takes ${durationText(leftMs / 1000)}; it is less where ` +
      'a history does not go back a whole year. The newest days come first. Ctrl-C keeps what was read, and the next ' +
      'run goes on.'
    );
  }

  /** @param width what does not fit is said in short, then left out, the least important first. @default all of it */
  text(width = Number.POSITIVE_INFINITY): string {
    let pieces = this.#pieces();
    const line = () => pieces.map(({ text }) => text).join(between);
    if (line().length > width) pieces = pieces.map(({ text, short = text, rank }) => ({ text: short, rank }));
    while (pieces.length > 1 && line().length > width) {
      const going = Math.max(...pieces.map(({ rank }) => rank));
      pieces = pieces.filter(({ rank }) => rank !== going);
    }
    return line().slice(0, width);
  }

  /** In the order in which they stand; the one with the highest rank goes first. */
  #pieces(): readonly Piece[] {
    const { pagesLeft = 0, daysBack } = this.#backlog;
    const leftMs = this.#leftMs() ?? 0;
    const isEstimated = this.#pace.perMinute !== undefined && pagesLeft > 0;
    const pages = isEstimated
      ? `${count(this.#pages)} of at most ${rough(this.#pages + pagesLeft)} pages`
      : counted(this.#pages, 'page');
    return [
      { text: `${this.#done}/${this.#total} integrations`, rank: 5 },
      { text: pages, short: pages.replace('at most', '≤'), rank: 1 },
      { text: counted(this.#rows, 'row'), rank: 6 },
      ...(daysBack > 0
        ? [
            {
              text: `${counted(daysBack, 'day')} back so far`,
              short: `${counted(daysBack, 'day')} back`,
              rank: 4,
            },
          ]
        : []),
      ...(leftMs >= worthTellingMs ? [{ text: `${durationText(leftMs / 1000)} left`, rank: 2 }] : []),
      ...this.#waiting(),
    ];
  }

  #waiting(): readonly Piece[] {
    if (!this.#wait) return [];
    const seconds = Math.ceil((this.#wait.until - this.#pace.now()) / this.#pace.speed / 1000);
    if (seconds <= 0) return [];
    const why = this.#wait.why === 'limit' ? 'the rate limit' : 'another try';
    return [{ text: `waiting ${seconds} s for ${why}`, short: `waiting ${seconds} s`, rank: 3 }];
  }

  /** By the clock of the source: as the limit allows it, or as slowly as it has gone so far. */
  #leftMs(): number | undefined {
    const left = this.#backlog.pagesLeft;
    const { perMinute } = this.#pace;
    if (left === undefined || !this.#firstPage || perMinute === undefined) return undefined;
    const perPageMs = 60_000 / perMinute;
    const readMs = this.#pace.now() - this.#firstPage.at;
    const read = this.#pages - this.#firstPage.pages;
    // What is read before the limit is met says nothing of how fast it goes on.
    const isSettled = readMs > worthTellingMs && read > 0;
    return left * Math.max(perPageMs, isSettled ? readMs / read : 0);
  }
}

/** In two digits: more than that is not known. */
function rough(number: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, number))) - 1);
  return count(Math.ceil(number / unit) * unit);
}
