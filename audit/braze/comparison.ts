/**
 * A fresh walk through all that Braze has, held against the lake sync by sync.
 *
 * Pages drift while they are read: a row that moves from one to the next may be missed, or met twice, and rows change.
 * So what differs is looked at a second time, and is a finding only where it differs again.
 */
import type { Findings } from '../findings.ts';
import { type PlacedSync, type Seconds, secondOf } from '../lake/day.ts';
import type { Quarantine } from '../lake/quarantine.ts';
import { membersIn } from '../rows/json.ts';
import { type Sync, syncOf } from '../rows/sync.ts';
import { cellOf, mayBeOne } from '../rows/time.ts';
import type { SourceComparison, Told } from '../source-comparison.ts';
import { type Candidate, isSameRow } from './candidate.ts';
import type { BrazeClient } from './client.ts';
import { Spill } from './spill.ts';

interface Fresh {
  readonly integrationId: string;
  readonly raw: string;
  readonly sync: Sync;
}

interface Walked {
  oldest: string;
  newest: string;
}

/** More are told, and not looked at again. */
const mostCandidates = 10_000;

export class BrazeComparison implements SourceComparison {
  /** Syncs that were read. */
  syncs = 0;
  readonly #client: BrazeClient;
  readonly #now: () => number;
  readonly #onPage: (syncs: number) => void;
  readonly #walked = new Map<string, Walked>();
  readonly #candidates: Candidate[] = [];
  /** Listed by Braze, and not known to the lake. */
  readonly #unknown: string[] = [];
  readonly #spill = new Spill();
  #coverage: Told['coverage'] = new Map();

  constructor(client: BrazeClient, now: () => number, onPage: (syncs: number) => void = () => {}) {
    this.#client = client;
    this.#now = now;
    this.#onPage = onPage;
  }

  async read({ coverage, integrations }: Told): Promise<void> {
    this.#coverage = coverage;
    // Without that table only some integrations are exported, by name.
    if (integrations.size > 0) await this.#readList(coverage);
    for (const [id, { cells }] of coverage) if (cells.state !== 'gone') await this.#walk(id);
  }

  compareDay(day: string, key: string, seconds: Seconds): void {
    const fresh = this.#freshOf(day);
    for (const rows of fresh.values()) for (const row of rows) this.#compareFresh(row, rows, key, seconds);
    for (const rows of seconds.values())
      for (const row of rows)
        this.#compareStored(row, fresh.get(secondOf(row.integrationId, row.sync.start)));
  }

  async conclude(ports: { name: string; findings: Findings; quarantine: Quarantine }): Promise<void> {
    const { name, findings } = ports;
    for (const day of this.#spill.days)
      this.compareDay(day, `syncs/workspace=${name}/dt=${day}/syncs.ndjson.gz`, new Map());
    for (const id of this.#unknown)
      findings.add(
        'missing',
        `coverage/workspace=${name}/coverage.ndjson.gz`,
        id,
        'Braze lists the integration, and the lake knows nothing of it.',
      );
    for (const [id, candidates] of Map.groupBy(this.#candidates, (each) => each.integrationId))
      await this.#lookAgain(id, candidates, ports);
  }

  close(): void {
    this.#spill.close();
  }

  async #readList(coverage: Told['coverage']): Promise<void> {
    for await (const rows of this.#client.list())
      for (const raw of rows) {
        const id = membersIn(raw)?.integration_id;
        if (typeof id === 'string' && !coverage.has(id) && !this.#unknown.includes(id))
          this.#unknown.push(id);
      }
  }

  async #walk(integrationId: string): Promise<void> {
    for await (const page of this.#client.syncs(integrationId)) {
      const placed = page.flatMap((raw) => {
        const sync = syncOf(integrationId, raw, this.#now());
        return typeof sync === 'string' ? [] : [{ integrationId, raw, sync }];
      });
      for (const { sync } of placed) this.#note(integrationId, sync.start);
      for (const [day, rows] of Map.groupBy(placed, ({ sync }) => sync.start.slice(0, 10)))
        this.#spill.add(day, rows);
      this.syncs += page.length;
      this.#onPage(this.syncs);
    }
  }

  #note(integrationId: string, start: string): void {
    const walked = this.#walked.get(integrationId) ?? { oldest: start, newest: start };
    this.#walked.set(integrationId, walked);
    if (start < walked.oldest) walked.oldest = start;
    if (start > walked.newest) walked.newest = start;
  }

  /** By second. A row that was met twice stands twice, unless it is the same to the letter. */
  #freshOf(day: string): Map<string, Fresh[]> {
    const seconds = new Map<string, Fresh[]>();
    for (const { integrationId, raw } of this.#spill.take(day)) {
      const sync = syncOf(integrationId, raw, this.#now());
      if (typeof sync === 'string') continue;
      const second = secondOf(integrationId, sync.start);
      const others = seconds.get(second) ?? [];
      if (!others.some((other) => other.raw === raw)) others.push({ integrationId, raw, sync });
      seconds.set(second, others);
    }
    return seconds;
  }

  #compareFresh(
    { integrationId, raw, sync }: Fresh,
    twins: readonly Fresh[],
    key: string,
    seconds: Seconds,
  ): void {
    // What is not over may be anything in a moment.
    if (!sync.isFinal || !this.#isClaimed(integrationId, sync.start)) return;
    const stored = (seconds.get(secondOf(integrationId, sync.start)) ?? []).filter((row) =>
      mayBeOne(row.sync.start, sync.start),
    );
    const [first] = stored;
    if (!first) return void this.#suspect({ kind: 'missing', key, integrationId, start: sync.start });
    const isKnown = (text: string) => stored.some((row) => isSameRow(row.raw, text));
    // Of two that can't be one, and of one that has changed while it was read, the lake has one.
    if (isKnown(raw) || twins.some((twin) => mayBeOne(twin.sync.start, sync.start) && isKnown(twin.raw)))
      return;
    this.#suspect({ kind: 'differs', key: first.key, integrationId, start: sync.start, raw: first.raw });
  }

  #compareStored({ integrationId, sync, key, raw }: PlacedSync, fresh: readonly Fresh[] = []): void {
    const walked = this.#walked.get(integrationId);
    if (!walked || sync.start < walked.oldest || sync.start > walked.newest) return;
    if (fresh.some((row) => mayBeOne(row.sync.start, sync.start))) return;
    this.#suspect({ kind: 'only_in_lake', key, integrationId, start: sync.start, raw });
  }

  #suspect(candidate: Candidate): void {
    if (this.#candidates.length < mostCandidates) this.#candidates.push(candidate);
  }

  /** Whether the lake says that it has all that started then. */
  #isClaimed(integrationId: string, start: string): boolean {
    const cells = this.#coverage.get(integrationId)?.cells;
    if (typeof cells?.complete_to !== 'string') return false;
    const cell = cellOf(start);
    if (cell > cells.complete_to) return false;
    if (cells.gaps === 0n) return true;
    return cells.row_order !== 'unproved' && String(cells.complete_from) < cell;
  }

  /** Walks down to the oldest of them once more. */
  async #lookAgain(
    id: string,
    candidates: readonly Candidate[],
    { findings, quarantine }: { findings: Findings; quarantine: Quarantine },
  ): Promise<void> {
    const wanted = new Map<string, Fresh[]>(candidates.map(({ start }) => [secondOf(id, start), []]));
    for await (const page of this.#client.syncs(id)) {
      for (const raw of page) {
        const sync = syncOf(id, raw, this.#now());
        if (typeof sync === 'string') continue;
        wanted.get(secondOf(id, sync.start))?.push({ integrationId: id, raw, sync });
      }
      this.#onPage(this.syncs);
    }
    for (const candidate of candidates) {
      const { kind, key, start, raw: stored } = candidate;
      const fresh = (wanted.get(secondOf(id, start)) ?? []).filter(({ sync }) => mayBeOne(sync.start, start));
      const tell = (detail: string) => findings.add(kind, key, id, `The sync of ${start} ${detail}`);
      if (kind === 'only_in_lake') {
        if (fresh.length === 0) tell('is not at Braze any more, which has older ones.');
        continue;
      }
      const isKept = ({ raw }: Fresh) =>
        quarantine.holds(id, raw) || (stored !== undefined && isSameRow(stored, raw));
      const [differing] = fresh.filter(({ sync }) => sync.isFinal);
      if (!differing || fresh.some(isKept)) continue;
      tell(kind === 'missing' ? 'is not in the lake.' : inWords(stored ?? '', differing.raw));
    }
  }
}

/** Which fields differ, without their values: they may be a customer's. */
function inWords(stored: string, fresh: string): string {
  const [a, b] = [membersIn(stored) ?? {}, membersIn(fresh) ?? {}];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]),
  );
  return `is another at Braze, in ${names.length > 0 ? names.join(', ') : 'its spelling'}.`;
}
