/** The objects of the lake that speak of the workspace as a whole. A run writes each of them once, at its end. */
import type { IntegrationState } from '../checkpoint/integration-record.ts';
import { coverageBody } from '../lake/coverage.ts';
import { appGroupIdsIn, joinIntegrations } from '../lake/integrations.ts';
import { coverageKey, integrationsKey } from '../schema/keys.ts';
import { type CommitPorts, update } from './commit.ts';
import type { Failures } from './failures.ts';
import type { ListReader } from './list-reader.ts';

type Ports = Pick<CommitPorts, 'workspace' | 'objects' | 'receipt'>;

export class WorkspaceObjects {
  readonly #ports: Ports;
  readonly #failures: Failures;

  constructor(ports: Ports, failures: Failures) {
    this.#ports = ports;
    this.#failures = failures;
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

  /** @param present the ids of all that are not gone. */
  async writeIntegrations(list: ListReader, present: ReadonlySet<string>): Promise<void> {
    const key = integrationsKey(this.#ports.workspace);
    const isGone = (id: string) => list.isWhole && !present.has(id);
    try {
      await update(this.#ports, key, (existing) => joinIntegrations(existing, key, list.rows, isGone));
    } catch (error) {
      this.#failures.addContained(error);
    }
  }

  /** How complete it all is. */
  async writeCoverage(states: readonly Readonly<IntegrationState>[]): Promise<void> {
    const body = await coverageBody(states);
    await update(this.#ports, coverageKey(this.#ports.workspace), async () => body);
  }
}
