/**
 * Which source a workspace belongs to, and whether what answers is that one (P19): keys get mixed up.
 *
 * 1. Before anything is asked for, the host. The simulated Braze and a real one never share a workspace. Another
 *    host is refused where nothing else can tell: the app_group_id is not known yet, or the integrations are named
 *    by hand, so that no list tells it.
 * 2. A workspace of an earlier version has no source in its record. The integrations in its lake tell whose it is;
 *    where they don't, it belongs to the first source that is seen (P20).
 * 3. Each page of the list, before anybody on it is taken in: where it names app_group_ids, the workspace's own has
 *    to be among them. A page that names one and no other makes it the workspace's own; a page that names several,
 *    or none, leaves the host to tell: a page that names none is refused from another host than the workspace's.
 * 4. The same app_group_id at another host is the same workspace, moved: the host is taken over.
 * 5. What was learned is written into the workspace's record before anything else is written.
 *
 * The key says nothing of its workspace, so that one that is rotated changes nothing here. Of the integrations that
 * are known already, another workspace's status endpoint knows none: nothing of it comes in before its list is read.
 */
import { type Source, simulatedSource, type WorkspaceFacts } from '../checkpoint/workspace-facts.ts';
import { ForeignSource } from '../errors/foreign-source.ts';

interface Options {
  readonly workspace: string;
  /** The endpoint's host, or `simulated`; null: not known. */
  readonly host: string | null;
  /** No list is asked for. */
  readonly isByHand: boolean;
}

export class WorkspaceIdentity {
  readonly #facts: WorkspaceFacts;
  readonly #options: Options;
  #appGroupId: string | null;

  constructor(facts: WorkspaceFacts, options: Options) {
    this.#facts = facts;
    this.#options = options;
    this.#appGroupId = facts.source?.appGroupId ?? null;
  }

  /** No run has seen a source yet. */
  get isNew(): boolean {
    return this.#facts.source === null;
  }

  /**
   * Before anything is asked for. @param inLake app_group_ids.
   * @returns whether there is something to write. @throws {ForeignSource}
   */
  begin(inLake: ReadonlySet<string>): boolean {
    const { host, isByHand } = this.#options;
    this.#appGroupId ??= onlyOne(inLake);
    const kept = this.#facts.source?.host ?? null;
    if (host !== null && kept !== null && host !== kept) {
      if (host === simulatedSource || kept === simulatedSource) throw this.#otherKind(host);
      if (isByHand || this.#appGroupId === null) throw this.#otherHost(host, kept);
    }
    return isByHand && this.#keep({ host: kept ?? host, appGroupId: this.#appGroupId });
  }

  /** A page of the list has named these. @returns whether there is something to write. @throws {ForeignSource} */
  meet(rows: readonly { readonly appGroupId: string | null }[]): boolean {
    const named = new Set(rows.map(({ appGroupId }) => appGroupId).filter((id) => id !== null));
    const kept = this.#facts.source?.host ?? null;
    if (named.size === 0) return this.#meetUnnamed(rows.length, kept);
    if (this.#appGroupId !== null && !named.has(this.#appGroupId)) throw this.#otherWorkspace(named);
    const host = this.#options.host ?? kept;
    // The simulator may be another one in the next version.
    const appGroupId = host === simulatedSource ? null : (this.#appGroupId ?? onlyOne(named));
    this.#appGroupId = appGroupId;
    return this.#keep({ host, appGroupId });
  }

  /** Only the host tells here. That nobody is listed would be believed in the end, too: it is no less foreign. */
  #meetUnnamed(rows: number, kept: string | null): boolean {
    const { host } = this.#options;
    if (host !== null && kept !== null && host !== kept) throw this.#otherHost(host, kept);
    return rows > 0 && this.#keep({ host: kept ?? host, appGroupId: this.#appGroupId });
  }

  #keep(source: Source): boolean {
    const before = this.#facts.source;
    if (before?.host === source.host && before?.appGroupId === source.appGroupId) return false;
    this.#facts.source = source;
    return true;
  }

  #otherWorkspace(named: ReadonlySet<string>): ForeignSource {
    return new ForeignSource(
      `The API key belongs to another Braze workspace than the history that is kept as ${this.#options.workspace}: ` +
        `its app_group_id is ${[...named].join(', ')}, and not ${this.#appGroupId}. Nothing was written. ${remedy}`,
    );
  }

  #otherHost(host: string, kept: string): ForeignSource {
    const withList = this.#options.isByHand
      ? ' If it is the same Braze workspace, run once without naming integrations (--integration): the list shows it.'
      : '';
    return new ForeignSource(
      `The history that is kept as ${this.#options.workspace} was read from ${kept}, and not from ${host}. ` +
        `Nothing was written. ${remedy}${withList}`,
    );
  }

  #otherKind(host: string): ForeignSource {
    const [now, before] =
      host === simulatedSource
        ? ['The simulated Braze', 'a real one']
        : ['A real Braze', 'the simulated one'];
    return new ForeignSource(
      `${now} can not be exported into workspace ${this.#options.workspace}, which holds the history of ` +
        `${before}. Nothing was written. Give it a name or a place of its own (--workspace, --data).`,
    );
  }
}

const remedy =
  'Use the key and the endpoint that it came from, or give the other one a name or a place of its own ' +
  '(--workspace, --data; workspaces[].name in cdk.json).';

function onlyOne(ids: ReadonlySet<string>): string | null {
  const [first] = ids;
  return ids.size === 1 && first !== undefined ? first : null;
}
