/**
 * One workspace of a lake: first what is said of it, then its days, and then the one against the other. What is said is
 * read first: a run that ends meanwhile makes rows newer than that, and never older.
 */
import type { Checkpoint } from '../checkpoint/read-checkpoint.ts';
import { recentFault } from '../checkpoint/recent-syncs.ts';
import type { Told } from '../source-comparison.ts';
import type { ObjectEntry } from '../sources.ts';
import { firstCoverage, tables } from '../tables/tables.ts';
import { Changes } from './changes.ts';
import { checkCoverage } from './coverage.ts';
import { History } from './history.ts';
import { readIntegrations } from './integrations.ts';
import type { ObjectReader } from './object-reader.ts';
import { type IntegrationLine, readOneLineEach } from './one-line-each.ts';
import { placeOf } from './places.ts';
import { Quarantine } from './quarantine.ts';
import { checkStanding, type StandingCheck } from './standing.ts';
import { type DayObject, SyncDays, type SyncDaysPorts } from './sync-days.ts';
import { WantedRows } from './wanted-rows.ts';

export interface WorkspacePorts {
  readonly name: string;
  readonly reader: ObjectReader;
  /** Undefined: none is at hand. */
  readonly checkpoint: Checkpoint | undefined;
  readonly now: number;
  readonly refusedShare: number;
  /** Whether a run has ended since the objects were listed. */
  readonly hasMoved: () => Promise<boolean>;
}

type Lines = ReadonlyMap<string, IntegrationLine>;

export class WorkspaceAudit {
  readonly quarantine = new Quarantine();
  readonly #ports: WorkspacePorts;
  readonly #objects: readonly ObjectEntry[];
  readonly #wanted = new WantedRows();
  #integrations: Lines = new Map();
  #coverage: Lines = new Map();
  #standing: Lines = new Map();
  #changes: Changes | undefined;

  constructor(ports: WorkspacePorts, objects: readonly ObjectEntry[]) {
    this.#ports = ports;
    this.#objects = objects;
  }

  /** A run may be under way, or was killed: rows may then be newer than what is said of them. */
  get #isLakeAhead(): boolean {
    const { checkpoint } = this.#ports;
    if (checkpoint) return checkpoint.isLakeAhead;
    const said = Math.min(this.#writtenAt('coverage'), this.#writtenAt('standing'));
    return this.#objects.some(({ key, writtenAt: at = 0 }) => key.startsWith('syncs/') && at > said);
  }

  /** Each run writes first coverage, and then this: where it could not, rows and records are newer. */
  get #isStandingOld(): boolean {
    return this.#writtenAt('coverage') > this.#writtenAt('standing');
  }

  /**
   * A run has asked somebody since coverage and standing were written: it has written its records, and could not write
   * those. Each run writes all of their lines, so no line is older than its record while another knows of a later time.
   */
  get #areTablesOld(): boolean {
    const said = [
      ...[...this.#coverage.values()].map(({ cells }) => String(cells.checked_at ?? '')),
      ...[...this.#standing.values()].map(({ cells }) => String(cells.as_of ?? '')),
    ];
    const asked = [...(this.#ports.checkpoint?.integrations.values() ?? [])].map(
      ({ checkedAt }) => checkedAt ?? '',
    );
    return latestOf(asked) > latestOf(said);
  }

  /** What the lake says of itself, once it was read. */
  get told(): Told {
    return { coverage: this.#coverage, integrations: this.#integrations };
  }

  get days(): readonly DayObject[] {
    return this.#objects.flatMap(({ key }) => {
      const place = placeOf(key);
      return place?.table === 'syncs' && place.part !== undefined ? [{ key, day: place.part }] : [];
    });
  }

  async readWhatIsSaid(): Promise<void> {
    const { reader } = this.#ports;
    for (const { key } of this.#objects) {
      const table = placeOf(key)?.table;
      if (table === 'integrations') this.#integrations = await readIntegrations(reader, key);
      if (table === 'quarantine') await this.quarantine.read(reader, key);
      if (table === 'coverage')
        this.#coverage = await readOneLineEach(reader, key, tables.coverage, firstCoverage);
      if (table === 'standing') this.#standing = await readOneLineEach(reader, key, tables.standing);
      if (table === 'changes') {
        this.#changes = new Changes(reader.findings, key);
        await this.#changes.read(reader);
      }
    }
    this.#wantRows();
  }

  async readDays(endDay?: SyncDaysPorts['endDay']): Promise<void> {
    const { reader, now, refusedShare, checkpoint, hasMoved } = this.#ports;
    const isLakeAhead = this.#isLakeAhead;
    const days = new SyncDays({
      reader,
      quarantine: this.quarantine,
      wanted: this.#wanted,
      now,
      isAheadOf: (id) => isLakeAhead || checkpoint?.heldBack.has(id) === true,
      refusedShareOf: (id) => checkpoint?.integrations.get(id)?.refusedShare ?? refusedShare,
      months: this.#months(),
      isMonthBehind: (month) =>
        isLakeAhead || checkpoint?.monthsBehind === 'all' || checkpoint?.monthsBehind.has(month) === true,
      hasMoved,
      hasMonths: checkpoint !== undefined,
      workspace: this.#ports.name,
      ...(endDay ? { endDay } : {}),
    });
    await days.read(this.days);
    const isMoving = isLakeAhead || (await hasMoved());
    const isBehind = (id: string) => isMoving || checkpoint?.heldBack.has(id) === true;
    this.#wanted.tellMissing(reader.findings);
    this.#compare(days.histories, isBehind);
    this.#compareRecent(days.histories, isBehind);
    this.#tellQuarantined(isBehind);
    if (isMoving) return;
    this.#tellLacking(days.histories, isBehind);
    this.#tellRemoved(isBehind);
  }

  #compare(histories: ReadonlyMap<string, History>, isBehind: (id: string) => boolean): void {
    const { reader, checkpoint, refusedShare, now } = this.#ports;
    const { findings } = reader;
    const isOld = this.#areTablesOld;
    const isKnown = (id: string) => this.#standing.has(id);
    const coverageKey = this.#placeOf('coverage');
    const standingKey = this.#placeOf('standing');
    for (const line of this.#coverage.values()) {
      const state = isBehind(line.id) ? undefined : checkpoint?.integrations.get(line.id);
      const history = isBehind(line.id) ? undefined : histories.get(line.id);
      checkCoverage(line, { findings, key: coverageKey, state, isOld, history });
    }
    for (const line of this.#standing.values()) {
      const state = checkpoint?.integrations.get(line.id);
      const isOfRecord = state
        ? !this.#isStandingOld &&
          !state.standingIsStale &&
          line.cells.as_of !== null &&
          state.readAt.some((at) => at === line.cells.as_of)
        : !checkpoint && this.#coverage.get(line.id)?.cells.state === 'complete';
      checkStanding(line, {
        findings,
        key: standingKey,
        history:
          isBehind(line.id) || !isOfRecord
            ? undefined
            : (histories.get(line.id) ?? emptyHistory(refusedShare)),
        recorded: isBehind(line.id) || isOld || this.#isStandingOld ? undefined : this.#recordedOf(line.id),
        isKnown,
        now,
        refusedShare: state?.refusedShare ?? refusedShare,
        hasRested: state?.hasRested,
      });
    }
  }

  /** What is open is in its own record, and in that of the workspace where its own could not be written. */
  #recordedOf(id: string): StandingCheck['recorded'] {
    const { checkpoint } = this.#ports;
    const state = checkpoint?.integrations.get(id);
    if (!state) return undefined;
    return {
      readAt: state.readAt,
      incidents: [...state.incidents, ...(checkpoint?.incidents.get(id) ?? [])],
    };
  }

  /** What a record keeps of the newest syncs is made of the lake, row by row. */
  #compareRecent(histories: ReadonlyMap<string, History>, isBehind: (id: string) => boolean): void {
    const { reader, checkpoint } = this.#ports;
    for (const state of checkpoint?.integrations.values() ?? []) {
      const { integrationId: id, standingIsStale } = state;
      if (standingIsStale || isBehind(id)) continue;
      const fault = recentFault(state, histories.get(id));
      if (fault) reader.findings.add('checkpoint_differs', `integration#${id}`, id, fault);
    }
  }

  /** What a record takes to be empty is not looked at by the exporter: a row that can be placed would stay there. */
  #tellQuarantined(isBehind: (id: string) => boolean): void {
    const { reader, checkpoint } = this.#ports;
    for (const { integrationId: id, isQuarantineEmpty } of checkpoint?.integrations.values() ?? [])
      if (isQuarantineEmpty && !this.quarantine.isEmptyOf(id) && !isBehind(id))
        reader.findings.add(
          'checkpoint_differs',
          `integration#${id}`,
          id,
          'It says that nothing is in quarantine, and there are rows.',
        );
  }

  /** Whoever has syncs or a record has a line in both tables. */
  #tellLacking(histories: ReadonlyMap<string, History>, isBehind: (id: string) => boolean): void {
    const { reader, checkpoint } = this.#ports;
    const ids = new Set([...histories.keys(), ...(checkpoint?.integrations.keys() ?? [])]);
    if (checkpoint?.isWhole === false) return;
    // A run that failed as a whole writes coverage, and nothing more: of all but those that are gone, that they fail.
    const states = [...this.#coverage.values()].map(({ cells }) => cells);
    const hasFailed =
      states.some(({ failure }) => failure !== null) &&
      states.every(({ state }) => state === 'failing' || state === 'gone');
    // A wrong id that was once named by hand leaves a record, and nothing else.
    const wasNeverThere = (id: string) => {
      const { isGone, headAt } = checkpoint?.integrations.get(id) ?? { isGone: false, headAt: null };
      return isGone && headAt === null && !histories.has(id) && !this.#integrations.has(id);
    };
    const tell = (table: 'coverage' | 'standing', lines: Lines) => {
      const key = this.#placeOf(table);
      if (ids.size > 0 && !this.#keyOf(table))
        reader.findings.add('missing_object', key, null, 'It is not there, and the lake has syncs.');
      else
        for (const id of ids)
          if (!lines.has(id) && !isBehind(id) && !wasNeverThere(id))
            reader.findings.add(kindOf(table), key, id, 'There is no line of it.');
    };
    tell('coverage', this.#coverage);
    // Without a checkpoint, it may be the lake of a version that had no such table.
    if (!hasFailed && (checkpoint || this.#keyOf('standing'))) tell('standing', this.#standing);
  }

  /** Whoever coverage speaks of has a record, and what a record says was written is there: the tables of the list agree. */
  #tellRemoved(isBehind: (id: string) => boolean): void {
    const { reader, checkpoint, name } = this.#ports;
    if (!checkpoint?.isWhole) return;
    for (const id of this.#coverage.keys())
      if (!checkpoint.integrations.has(id) && !isBehind(id))
        reader.findings.add(
          'checkpoint_damaged',
          `integration#${id}`,
          id,
          'Coverage has a line of it, and the checkpoint no record.',
        );
    if (!checkpoint.hasListTables) return;
    this.#changes?.compare(this.#integrations);
    this.#tellUnlisted(isBehind);
    for (const table of ['integrations', 'changes'])
      if (!this.#keyOf(table)) {
        const key = `${table}/workspace=${name}/${table}.ndjson.gz`;
        reader.findings.add('missing_object', key, null, 'It is not there, and a run has written it.');
      }
  }

  /** Only a list that was read has a schedule to judge by, or says that one is paused. */
  #tellUnlisted(isBehind: (id: string) => boolean): void {
    for (const { id, number, cells } of this.#standing.values()) {
      const isByList = cells.judged_by === 'schedule' || cells.state === 'paused';
      if (!isByList || this.#integrations.has(id) || isBehind(id)) continue;
      this.#ports.reader.findings.add(
        'standing_differs',
        this.#placeOf('standing'),
        id,
        `Line ${number}: it is judged by what the list says of it, and integrations has no line of it.`,
      );
    }
  }

  /** The edges of what is held to be whole are rows, and so is each sync that is waited for. */
  #wantRows(): void {
    const { checkpoint } = this.#ports;
    const coverageKey = this.#keyOf('coverage') ?? '';
    for (const { id, number, cells } of this.#coverage.values()) {
      const { complete_from: from } = cells;
      if (typeof from !== 'string') continue;
      this.#wanted.want({
        // Zeros at the end may be digits that nobody gave.
        start: from.replace(' ', 'T').slice(0, 19),
        integrationId: id,
        kind: 'coverage_differs',
        key: coverageKey,
        detail: `Line ${number}: its history is whole from ${from} on, and the lake has no sync of that moment.`,
      });
    }
    for (const { integrationId, stretches, opens } of checkpoint?.integrations.values() ?? []) {
      const want = (start: string, detail: string) =>
        this.#wanted.want({
          start,
          integrationId,
          kind: 'checkpoint_differs',
          key: `integration#${integrationId}`,
          detail,
        });
      const [newest] = stretches;
      if (newest)
        for (const edge of [newest.newest, newest.oldest])
          want(edge, `Its history is whole up to the sync of ${edge}, and the lake has none.`);
      for (const start of opens) want(start, `It waits for the sync of ${start}, and the lake has none.`);
    }
  }

  #months(): Map<string, string> {
    return new Map(
      this.#objects.flatMap(({ key }) => {
        const place = placeOf(key);
        return place?.table === 'days' && place.part !== undefined ? [[place.part, key] as const] : [];
      }),
    );
  }

  #writtenAt(table: 'coverage' | 'standing'): number {
    const key = this.#keyOf(table);
    return this.#objects.find((each) => each.key === key)?.writtenAt ?? Number.NEGATIVE_INFINITY;
  }

  #placeOf(table: 'coverage' | 'standing'): string {
    return this.#keyOf(table) ?? `${table}/workspace=${this.#ports.name}/${table}.ndjson.gz`;
  }

  #keyOf(table: string): string | undefined {
    return this.#objects.find(({ key }) => key.startsWith(`${table}/`))?.key;
  }
}

const kindOf = (table: string) => (table === 'coverage' ? 'coverage_differs' : 'standing_differs');

const latestOf = (times: readonly string[]): string => times.toSorted().at(-1) ?? '';

function emptyHistory(refusedShare: number): History {
  const history = new History(refusedShare);
  history.end();
  return history;
}
