/**
 * Tells on standard error how a run is going: a bar on a terminal, a line now and then elsewhere, also on one that would
 * show what moves its cursor as signs (`TERM=dumb`: Emacs, and what records a session).
 */
import type { ReportEvent } from '../../lambda/run/run-events.ts';
import { type Pace, ProgressLine } from './progress-line.ts';
import { Remarks } from './remarks.ts';

export interface Progress {
  readonly report: ReportEvent;
  /** Leaves the terminal as it was. */
  end(): void;
  /** Says something above the bar. */
  say(text: string): void;
}

/** Between two lines where there is no terminal, in milliseconds: short at first, then longer, for a log of hours. */
const pauses = { first: 2000, longest: 60_000 };
const widestBar = 24;
const narrowestBar = 6;

export async function startProgress(stream: NodeJS.WriteStream, pace: Pace): Promise<Progress> {
  return stream.isTTY && process.env.TERM !== 'dumb' ? bar(stream, pace) : lines(stream, pace);
}

async function bar(stream: NodeJS.WriteStream, pace: Pace): Promise<Progress> {
  // Only a terminal has a bar.
  const [{ SingleBar, Presets }, { wrapped }] = await Promise.all([
    import('cli-progress'),
    import('../table/wrapped.ts'),
  ]);
  const width = () => stream.columns || 80;
  const line = new ProgressLine(pace);
  const remarks = new Remarks(line);
  const single = new SingleBar(
    {
      stream,
      // It is drawn anew several times a second: what it says of a wait counts down.
      format: ({ barCompleteString: full = '', barIncompleteString: empty = '' }) => {
        const text = line.text(width() - 1);
        const size = Math.min(widestBar, width() - text.length - 2);
        if (size < narrowestBar) return text;
        const done = Math.round(line.share * size);
        return `${full.slice(0, done)}${empty.slice(0, size - done)} ${text}`;
      },
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      emptyOnZero: true,
      barsize: widestBar,
    },
    Presets.shades_classic,
  );
  const say = (text: string) => {
    const isDrawn = single.isActive;
    // While there is a bar, the terminal wraps nothing.
    stream.write(`${isDrawn ? '\r\x1b[K' : ''}${wrapped(text, width())}\n`);
    // Where the bar ends, the cursor goes back to the place that was kept last: above, it would wipe what is said here.
    if (isDrawn) stream.write('\x1b7');
  };
  return {
    say,
    report: (event) => {
      line.take(event);
      if (event.kind === 'listed' && event.integrations > 0 && !single.isActive) single.start(1, 0);
      const remark = remarks.of(event);
      if (remark) say(remark);
    },
    end: () => single.stop(),
  };
}

function lines(stream: NodeJS.WriteStream, pace: Pace): Progress {
  const line = new ProgressLine(pace);
  const remarks = new Remarks(line);
  const say = (text: string) => void stream.write(`${text}\n`);
  let [saidAt, pause] = [Date.now(), pauses.first];
  return {
    say,
    report: (event) => {
      line.take(event);
      const remark = remarks.of(event);
      if (remark) say(remark);
      if (event.kind !== 'page' && event.kind !== 'wait') return;
      if (Date.now() - saidAt < pause) return;
      [saidAt, pause] = [Date.now(), Math.min(pauses.longest, pause * 2)];
      say(line.text());
    },
    end: () => {},
  };
}
