/** A checkpoint record as a file that a person can read: `{ "item": …, "version": …, "data": … }`. */
import { basename } from 'node:path';
import type { CheckpointRecord } from '../../lambda/checkpoint/checkpoint-store.ts';
import { Damaged } from '../../lambda/errors/damaged.ts';
import { safeName } from '../../lambda/schema/keys.ts';

export const recordFileName = (item: string): string => `${safeName(item)}.json`;

export function formatRecord({ item, version, data }: CheckpointRecord): string {
  return `${JSON.stringify({ item, version, data }, null, 2)}\n`;
}

/** @throws {Damaged} the file is not whole, not a record, or another item's. */
export function parseRecord(content: Uint8Array, file: string): CheckpointRecord {
  const parsed = parseJson(content, file);
  if (!isRecord(parsed)) throw damagedFile(file, 'not a checkpoint record');
  const { item, version, data } = parsed;
  if (recordFileName(item) !== basename(file)) {
    throw damagedFile(file, `it holds the record of ${item}, which belongs in ${recordFileName(item)}`);
  }
  return { item, version, data, place: file };
}

/**
 * The item whose record a damaged file was, or undefined where that can't be known. File names don't tell
 * an item for certain, and neither does what is left of the content; but an item tells its file's name.
 */
export function itemOfDamaged(content: Uint8Array, file: string): string | undefined {
  const name = basename(file);
  const stem = name.replace(/\.json$/, '');
  const readable = stem.replace(/\.[0-9a-f]{16}$/, '');
  const guesses = [stem, readable.replace('_', '#'), itemIn(Buffer.from(content).toString())];
  return guesses.find((guess) => guess !== undefined && recordFileName(guess) === name);
}

function parseJson(content: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    throw damagedFile(file, content.length === 0 ? 'empty' : 'cut short or not JSON');
  }
}

function isRecord(parsed: unknown): parsed is CheckpointRecord {
  if (typeof parsed !== 'object' || parsed === null) return false;
  const { item, version, data } = parsed as Partial<CheckpointRecord>;
  return (
    typeof item === 'string' && Number.isSafeInteger(version) && Number(version) > 0 && data !== undefined
  );
}

function itemIn(text: string): string | undefined {
  const [, quoted] = /"item"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
  try {
    return quoted && JSON.parse(quoted);
  } catch {
    return undefined;
  }
}

function damagedFile(file: string, fault: string): Damaged {
  return new Damaged(
    `${file} is damaged and was left as it is (${fault}). Restore it; or move it away, and the next run reads ` +
      'that integration’s history again: nothing in the lake is lost or doubled by that.',
  );
}
