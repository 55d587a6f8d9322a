import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CheckpointRecord } from '../../../lambda/checkpoint/checkpoint-store.ts';
import { Damaged } from '../../../lambda/errors/damaged.ts';
import { FileCheckpointStore } from '../../../local/stores/file-checkpoint-store.ts';
import { localOwner } from '../../../local/stores/local-owner.ts';
import { recordFileName } from '../../../local/stores/record-file.ts';
import { checkpointStoreContract } from '../../lambda/checkpoint/checkpoint-store.contract.ts';
import { startChild } from './child.ts';
import { filesBelow, scratchFolder } from './scratch.ts';

checkpointStoreContract('FileCheckpointStore', async () => {
  const directory = scratchFolder();
  return () => new FileCheckpointStore(directory);
});

const program = join(import.meta.dirname, 'increment-record.ts');
const folder = 'checkpoint/workspace=default';
const uuid = '00000000-1111-2222-3333-444444444444';

describe('FileCheckpointStore', () => {
  test('a record is a file that a person can read, and says where it stands', async () => {
    const directory = scratchFolder();
    const store = new FileCheckpointStore(directory);

    await store.put('default', { item: 'workspace', version: 1, data: { format: 1 }, place: 'x' }, undefined);

    const file = join(directory, folder, 'workspace.json');
    expect(readFileSync(file, 'utf8')).toBe(
      '{\n  "item": "workspace",\n  "version": 1,\n  "data": {\n    "format": 1\n  }\n}\n',
    );
    expect((await store.get('default', 'workspace'))?.place).toBe(file);
    expect(filesBelow(directory)).toEqual([`${folder}/workspace.json`, 'tmp/checkpoint.lock']);
  });

  test('P9: two processes that count one record up lose nothing', async () => {
    const directory = scratchFolder();

    const children = [startChild(program, directory, '150'), startChild(program, directory, '150')];

    expect(await Promise.all(children.map((child) => child.exited))).toEqual([0, 0]);
    const record = await new FileCheckpointStore(directory).get('default', 'workspace');
    expect(record?.version).toBe(300);
  });

  test('P2: killed at any moment, what it said is written stands whole, and the next goes on at once', async () => {
    const directory = scratchFolder();

    for (const lines of [1, 2, 3, 5, 8, 13, 21, 34]) {
      const child = startChild(program, directory);
      let told = 0;
      for (let line = 0; line < lines; line += 1) told = Number(await child.nextLine());
      await child.kill();

      const next = new FileCheckpointStore(directory);
      expect(readdirSync(join(directory, folder))).toEqual(['workspace.json']);
      expect(readdirSync(join(directory, 'tmp'))).toEqual(['checkpoint.lock']);
      const record = await next.get('default', 'workspace');
      const version = record?.version ?? 0;
      expect(version).toBeGreaterThanOrEqual(told);
      expect(record?.data).toMatchObject({ count: version, last: version });
      await next.put('default', { item: 'workspace', version: version + 1, data: {} }, version);
    }
  });

  test('knows a living owner from a dead one', async () => {
    const directory = scratchFolder();
    const store = new FileCheckpointStore(directory);
    const owner = localOwner();
    const child = startChild(program, directory);
    await child.nextLine();
    const theirs = owner.replace(`:${process.pid}:`, `:${child.pid}:`);

    expect(store.ownerIsDead(owner)).toBe(false);
    expect(store.ownerIsDead(theirs)).toBe(false);
    await child.kill();
    expect(store.ownerIsDead(theirs)).toBe(true);
  });
});

describe('FileCheckpointStore, of a damaged record', () => {
  const item = `integration#${uuid}`;
  const whole = JSON.stringify({ item, version: 3, data: {} });

  test.each([
    ['empty', ''],
    ['cut short', whole.slice(0, 60)],
    ['zeros', '\0'.repeat(100)],
    ['not UTF-8', Buffer.from(JSON.stringify({ item, version: 3, data: 'cut in a ÿ' }), 'latin1')],
    ['not an object', 'null'],
    ['without an item', '{"version":3,"data":{}}'],
    ['without a version', JSON.stringify({ item, data: {} })],
    ['with a version that counts nothing', JSON.stringify({ item, version: '3', data: {} })],
    ['without data', JSON.stringify({ item, version: 3 })],
    ['of another item', JSON.stringify({ item: 'workspace', version: 3, data: {} })],
  ])('%s: says what to do, is never written over, and keeps no other record back', async (_, content) => {
    const directory = scratchFolder();
    const store = new FileCheckpointStore(directory);
    await store.put('default', { item: 'workspace', version: 1, data: 'sound' }, undefined);
    const file = join(directory, folder, recordFileName(item));
    writeFileSync(file, content);

    const errors = [
      await refusal(store.get('default', item)),
      await refusal(store.put('default', { item, version: 1, data: {} }, undefined)),
      await refusal(store.put('default', { item, version: 4, data: {} }, 3)),
    ];
    const listed = await store.list('default');

    for (const error of errors) {
      expect(error).toBeInstanceOf(Damaged);
      expect(String(error)).toContain(`${file} is damaged and was left as it is`);
      expect(String(error)).toMatch(
        /Restore it; or move it away, and the next run reads .* nothing in the lake/,
      );
    }
    expect(readFileSync(file)).toEqual(Buffer.from(content));
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual({ item, damaged: errors[0] });
    expect(listed).toContainEqual(expect.objectContaining({ item: 'workspace', data: 'sound' }));
    expect(readdirSync(join(directory, 'tmp'))).toEqual(['checkpoint.lock']);
  });

  test('tells the item wherever it can be known', async () => {
    const directory = scratchFolder();
    const odd = 'integration#é "quoted" / 漢字';
    const place = (name: string, content: string) => writeFileSync(join(directory, folder, name), content);
    mkdirSync(join(directory, folder), { recursive: true });
    place('workspace.json', '');
    place(recordFileName('integration#my_own-ID'), '');
    place(recordFileName(odd), JSON.stringify({ item: odd, version: 3, data: {} }).slice(0, -5));
    place(recordFileName('integration#lost / for ever'), '');
    place('workspace copy.json', JSON.stringify({ item: 'workspace', version: 3, data: {} }));

    const listed = await new FileCheckpointStore(directory).list('default');

    expect(listed.every((record) => 'damaged' in record)).toBe(true);
    expect(listed.map((record) => String(record.item)).sort()).toEqual(
      ['workspace', 'integration#my_own-ID', odd, 'undefined', 'undefined'].sort(),
    );
  });

  test('once it is moved away, it is written anew; other files are nobody’s record', async () => {
    const directory = scratchFolder();
    const store = new FileCheckpointStore(directory);
    const record: CheckpointRecord = { item, version: 1, data: {} };
    await store.put('default', record, undefined);
    writeFileSync(join(directory, folder, `${recordFileName(item)}.damaged`), 'moved away');
    writeFileSync(join(directory, folder, `._${recordFileName(item)}`), 'of macOS');

    expect(await store.list('default')).toMatchObject([record]);
  });
});

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
