/** Reads each object once, counts, and tells what is wrong with the object itself and with the form of its lines. */
import type { Findings } from '../findings.ts';
import type { LakeSource } from '../sources.ts';
import { type Cells, readLine } from '../tables/line.ts';
import type { Columns } from '../tables/tables.ts';
import { things } from '../things.ts';
import { headerFault, linesOf, Unreadable } from './lines.ts';

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

export class ObjectReader {
  objects = 0;
  rows = 0;
  readonly findings: Findings;
  readonly #source: LakeSource;
  readonly #onRead: (key: string) => void;

  constructor(source: LakeSource, findings: Findings, onRead: (key: string) => void) {
    this.#source = source;
    this.findings = findings;
    this.#onRead = onRead;
  }

  /** The lines of an object, as far as it can be read. */
  async *lines(key: string): AsyncGenerator<Line> {
    this.#onRead(key);
    const stored = await this.#source.read(key);
    if (!stored) return;
    this.objects += 1;
    this.#checkMetadata(key, stored);
    let number = 0;
    try {
      for await (const text of linesOf(stored.body)) {
        number += 1;
        this.rows += 1;
        yield { number, text };
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const detail = `${error.message} ${number === 0 ? 'No line' : `Only ${things(number, 'line')}`} could be read.`;
      this.findings.add('damaged_object', key, null, detail);
      return;
    }
    const fault = headerFault(stored.body);
    if (fault) this.findings.add('odd_object', key, null, fault);
    if (number === 0 && key.startsWith('syncs/'))
      this.findings.add('odd_object', key, null, 'It holds no line, and none is written without.');
  }

  /** The cells of an object's lines; a line of which nothing is known but its faults is left out. */
  async *cells(key: string, ...shapes: readonly Columns[]): AsyncGenerator<Line & { readonly cells: Cells }> {
    for await (const line of this.lines(key)) {
      const { cells, faults } = readLine(line.text, shapes, `Line ${line.number}`);
      for (const { kind, detail } of faults) this.findings.add(kind, key, idIn(cells), detail);
      if (cells) yield { ...line, cells };
    }
  }

  #checkMetadata(
    key: string,
    {
      contentType,
      contentEncoding,
    }: { contentType?: string | undefined; contentEncoding?: string | undefined },
  ): void {
    if (contentEncoding)
      this.findings.add(
        'odd_object',
        key,
        null,
        `Its content encoding is ${contentEncoding}, and has to be none: readers would unpack it twice.`,
      );
    if (contentType !== undefined && contentType !== 'application/gzip')
      this.findings.add('odd_object', key, null, `Its content type is ${contentType}, not application/gzip.`);
  }
}

export const idIn = (cells: Cells | undefined): string | null =>
  typeof cells?.integration_id === 'string' ? cells.integration_id : null;
