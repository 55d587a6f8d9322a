/** The objects of the lake that speak of the workspace as a whole. A run writes each of them once, at its end. */
import type { IntegrationState } from '../checkpoint/integration-record.ts';
import { coverageBody } from '../lake/coverage.ts';
import { appGroupIdsIn, idsIn, joinIntegrations } from '../lake/integrations.ts';
import { standingBody } from '../lake/standing.ts';
import { coverageKey, integrationsKey, standingKey } from '../schema/keys.ts';
import type { Standing } from '../standing/standing.ts';
import type { ChangeLog } from './change-log.ts';
import { type CommitPorts, update } from './commit.ts';
import { isContained } from './containment.ts';
import type { Failures } from './failures.ts';
import type { ListReader } from './list-reader.ts';

type Ports = Pick<CommitPorts, 'workspace' | 'objects' | 'receipt'>;

export class WorkspaceObjects {
  readonly #ports: Ports;
  readonly #failures: Failures;
  readonly #changes: ChangeLog;

  constructor(ports: Ports, failures: Failures, changes: ChangeLog) {
    this.#ports = ports;
    this.#failures = failures;
    this.#changes = changes;
  }

  /** Whose integrations the lake has: what an earlier version has left tells whose it is. */
  async appGroupIds(): Promise<ReadonlySet<string>> {
    const { workspace, objects, receipt } = this.#ports;
    const key = integrationsKey(workspace);
    const stored = await objects.get(key);
    if (!stored) return new Set();
    receipt.objects.read += 1;
    try {
      return await appGroupIdsIn(stored.body, key);
    } catch (error) {
      this.#failures.addContained(error);
      return new Set();
    }
  }

  /** Ids of all that were ever listed; undefined where that can't be read now. */
  async listed(): Promise<ReadonlySet<string> | undefined> {
    const { workspace, objects } = this.#ports;
    const key = integrationsKey(workspace);
    try {
      const stored = await objects.get(key);
      return stored ? await idsIn(stored.body, key) : new Set();
    } catch {
      return undefined;
    }
  }

  /** Whether a run has ended here before. Where that can't be told, there may be one. */
  async hasCoverage(): Promise<boolean> {
    const { workspace, objects } = this.#ports;
    try {
      return (await objects.get(coverageKey(workspace))) !== undefined;
    } catch (error) {
      if (!isContained(error)) throw error;
      return true;
    }
  }

  /**
   * Takes over what this run has read of the list, and before that tells what has changed: see {@link ChangeLog}.
   * @param present the ids of all that are not gone. @returns the lines of the table as they stand now, by id.
   */
  async writeIntegrations(
    list: ListReader | undefined,
    present: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, string>> {
    const key = integrationsKey(this.#ports.workspace);
    const isGone = (id: string) => list?.isWhole === true && !present.has(id);
    let lines: ReadonlyMap<string, string> = new Map();
    try {
      await update(this.#ports, key, async (existing) => {
        const joined = await joinIntegrations(existing, key, list?.rows ?? new Map(), isGone);
        lines = joined.after;
        if (!list?.hasSpoken) return undefined;
        await this.#changes.write(joined, list.isWhole);
        return joined.body;
      });
      if (list?.hasSpoken) this.#changes.areKept(list.isWhole);
    } catch (error) {
      this.#failures.addContained(error);
      this.#changes.mayBeAhead();
    }
    return lines;
  }

  /** How complete it all is. */
  async writeCoverage(states: readonly Readonly<IntegrationState>[]): Promise<void> {
    const body = await coverageBody(states);
    await update(this.#ports, coverageKey(this.#ports.workspace), async () => body);
  }

  /** How each integration stands. */
  async writeStanding(standings: readonly Standing[]): Promise<void> {
    const body = await standingBody(standings);
    await update(this.#ports, standingKey(this.#ports.workspace), async () => body);
  }
}
