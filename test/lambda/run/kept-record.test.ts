import { describe, expect, test } from 'vitest';
import { newIntegrationState } from '../../../lambda/checkpoint/integration-record.ts';
import { BrokenHistory } from '../../../lambda/errors/broken-history.ts';
import { LostRace } from '../../../lambda/errors/lost-race.ts';
import { KeptRecord } from '../../../lambda/run/kept-record.ts';
import { appliedThenFailed, ScriptedStore } from '../checkpoint/scripted-store.ts';
import { historyOf, now, stretch } from './integrations.ts';

const fresh = () => new KeptRecord(newIntegrationState('a'));
const stored = (store: ScriptedStore) => store.get('w', 'integration#a');

describe('KeptRecord', () => {
  test('writes a record that was not there, and from then on what has changed, each time as the next version', async () => {
    const store = new ScriptedStore();
    const record = fresh();
    await record.write(store, 'w');
    expect(await stored(store)).toMatchObject({ version: 1, data: { format: 4, integration_id: 'a' } });
    record.state.checkedAt = now;
    await record.write(store, 'w');
    expect(await stored(store)).toMatchObject({ version: 2, data: { checked_at: '2026-06-01T12:00:00' } });
  });

  test('P11: writes nothing where nothing has changed', async () => {
    const store = new ScriptedStore();
    const record = fresh();
    await record.write(store, 'w');
    await record.write(store, 'w');
    await new KeptRecord(newIntegrationState('a'), 1).write(store, 'w');
    expect(store.calls.put).toBe(1);
  });

  test('P9: does not write over what another run has written since', async () => {
    const store = new ScriptedStore();
    await fresh().write(store, 'w');
    const [mine, theirs] = [
      new KeptRecord(newIntegrationState('a'), 1),
      new KeptRecord(newIntegrationState('a'), 1),
    ];
    theirs.state.checkedAt = now;
    await theirs.write(store, 'w');
    mine.state.failure = 'Mine.';
    await expect(mine.write(store, 'w')).rejects.toThrow(LostRace);
    expect(await stored(store)).toMatchObject({ version: 2, data: { checked_at: '2026-06-01T12:00:00' } });
    expect(await stored(store)).not.toHaveProperty('data.failure');
    expect(mine.storedState.failure).toBeNull();
  });

  test('never writes a history that contradicts itself', async () => {
    const store = new ScriptedStore();
    const history = historyOf([stretch(5, 9), stretch(6, 12)]);
    const record = new KeptRecord({ ...newIntegrationState('a'), history });
    await expect(record.write(store, 'w')).rejects.toThrow(BrokenHistory);
    expect(store.calls.put).toBe(0);
  });

  test('P2: goes on from a write whose answer was lost', async () => {
    const store = new ScriptedStore([appliedThenFailed]);
    const record = fresh();
    await record.write(store, 'w');
    record.state.checkedAt = now;
    await record.write(store, 'w');
    expect([(await stored(store))?.version, store.calls.put]).toEqual([2, 2]);
  });

  test('P15: knows what is stored, whatever has become of it in memory', async () => {
    const record = new KeptRecord({ ...newIntegrationState('a'), history: historyOf([stretch(1, 5)]) }, 7);
    record.state.history.stretches = [];
    record.state.history.headAt = now;
    expect(record.storedState.history).toEqual(historyOf([stretch(1, 5)]));
    await record.write(new ScriptedStore(), 'w').catch(() => {});
    expect(record.storedState.history.stretches).toHaveLength(1);
  });

  test('P15: of one that was never stored, nothing is', () => {
    const record = fresh();
    record.state.history.headAt = now;
    expect(record.storedState).toEqual(newIntegrationState('a'));
  });
});
