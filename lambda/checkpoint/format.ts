/**
 * Reading a record of any version of its format. One of a newer version is refused, never reset: an older
 * exporter that took it for damaged and began anew would undo what the newer one knows.
 */
import * as z from 'zod';
import { Damaged } from '../errors/damaged.ts';
import type { CheckpointRecord } from './checkpoint-store.ts';

const versioned = z.object({ format: z.number() });

/** @param where names the record for a person. @throws {Damaged} */
export function readFormat<T>(schema: z.ZodType<T>, current: number, record: CheckpointRecord): T {
  const where = record.place ?? `The checkpoint record ${record.item}`;
  const format = versioned.safeParse(record.data).data?.format ?? current;
  if (format > current) {
    throw new Damaged(
      `${where} was written by a newer version of this program (format ${format}, known is ${current}). ` +
        'It was left as it is: update this program.',
    );
  }
  const parsed = schema.safeParse(record.data);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`);
  throw new Damaged(
    `${where} is damaged and was left as it is (${faults.slice(0, 3).join('; ')}). ` +
      'Restore it; or move it away, and the next run reads that history again: nothing is lost or doubled by it.',
  );
}
