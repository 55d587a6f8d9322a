/** Tells on standard error how a run is going: a bar on a terminal, a line now and then elsewhere. */
import { headlineOf } from '../../lambda/alerts/message-texts.ts';
import { pairSentence, type ReportEvent, type RunEvent } from '../../lambda/run/run-events.ts';

export interface Progress {
  readonly report: ReportEvent;
  /** Leaves the terminal as it was. */
  end(): void;
  /** Says something above the bar. */
  say(text: string): void;
}

/** Between two lines where there is no terminal, in milliseconds. */
const pause = 2000;

export async function startProgress(stream: NodeJS.WriteStream): Promise<Progress> {
  return stream.isTTY ? bar(stream) : lines(stream);
}

async function bar(stream: NodeJS.WriteStream): Promise<Progress> {
  // Only a terminal has a bar.
  const { Presets, SingleBar } = await import('cli-progress');
  const single = new SingleBar(
    {
      stream,
      format: '{bar} {value}/{total} integrations · {pages} · {rows}{place}',
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      emptyOnZero: true,
      barsize: 24,
    },
    Presets.shades_classic,
  );
  const state = new State();
  const say = (text: string) => {
    if (single.isActive) stream.write('\r\x1b[K');
    stream.write(`${text}\n`);
  };
  return {
    say,
    report: (event) => {
      if (event.kind === 'listed' && event.integrations > 0) {
        if (single.isActive) single.setTotal(event.integrations);
        else single.start(event.integrations, 0, state.payload);
      }
      state.take(event);
      const line = state.remark(event);
      if (line) say(line);
      if (single.isActive) single.update(state.done, state.payload);
    },
    end: () => single.stop(),
  };
}

function lines(stream: NodeJS.WriteStream): Progress {
  const state = new State();
  const say = (text: string) => void stream.write(`${text}\n`);
  let saidAt = Date.now();
  return {
    say,
    report: (event) => {
      state.take(event);
      const line = state.remark(event);
      if (line) say(line);
      if (event.kind !== 'page' && event.kind !== 'wait') return;
      if (Date.now() - saidAt < pause) return;
      saidAt = Date.now();
      const { pages, rows, place } = state.payload;
      say(`${state.done}/${state.total} integrations · ${pages} · ${rows}${place}`);
    },
    end: () => {},
  };
}

class State {
  done = 0;
  total = 0;
  readonly payload = { pages: '0 pages', rows: '0 rows', place: '' };
  #rows = 0;
  #saidPair = false;

  take(event: RunEvent): void {
    if (event.kind === 'listed') this.total = event.integrations;
    if (event.kind === 'wait') {
      const what = event.why === 'limit' ? 'the rate limit' : 'another try';
      this.payload.place = ` · waiting ${Math.ceil(event.milliseconds / 1000)} s for ${what}`;
    }
    if (event.kind !== 'page') return;
    this.#rows += event.rows;
    [this.done, this.total] = [event.done, event.total];
    this.payload.pages = counted(event.pages, 'page');
    this.payload.rows = counted(this.#rows, 'row');
    this.payload.place = event.oldest ? ` · at ${event.oldest.slice(0, 10)}` : '';
  }

  /** What is worth a line of its own. */
  remark(event: RunEvent): string | undefined {
    if (event.kind === 'retry') return `Trying again: ${event.reason}.`;
    if (event.kind === 'failed') return `Integration ${event.integrationId}: ${event.message}`;
    if (event.kind === 'late') {
      const rows = event.rows === 1 ? 'a row' : `${event.rows} rows`;
      return `Integration ${event.integrationId}: ${rows} turned up where none was missing; what lies below is read again.`;
    }
    if (event.kind === 'incident') return headlineOf(event.alert);
    if (event.kind !== 'pair' || this.#saidPair) return undefined;
    this.#saidPair = true;
    return `Warning: ${pairSentence(event)}`;
  }
}

const counted = (number: number, thing: string): string =>
  `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`;
