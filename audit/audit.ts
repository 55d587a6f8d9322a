/** Holds a lake against what is promised of it: workspace by workspace, each object once, a day at a time. */
import { readCheckpoint } from './checkpoint/read-checkpoint.ts';
import { type Finding, Findings } from './findings.ts';
import { ObjectReader } from './lake/object-reader.ts';
import { type Place, placeOf } from './lake/places.ts';
import { WorkspaceAudit } from './lake/workspace.ts';
import type { SourceComparison } from './source-comparison.ts';
import type { CheckpointSource, LakeSource, ObjectEntry } from './sources.ts';
import { WrongUse } from './wrong-use.ts';

export interface AuditRequest {
  readonly lake: LakeSource;
  /** Undefined: only the lake is looked at. */
  readonly checkpoint?: CheckpointSource | undefined;
  /** Undefined: all of them. */
  readonly workspace?: string | undefined;
  /** By this clock, in milliseconds, nothing lies more than a day ahead. */
  readonly now: number;
  /** From which share of refused rows on a sync is no success, where the checkpoint does not say it. */
  readonly refusedShare?: number;
  /** Compares with what the source has now; undefined: the lake is held against itself alone. */
  readonly source?: SourceComparison | undefined;
  readonly onProgress?: (progress: { readonly objects: number; readonly of: number }) => void;
}

export interface Report {
  readonly objects: number;
  readonly rows: number;
  readonly workspaces: number;
  readonly checkpointWasRead: boolean;
  readonly findings: readonly Finding[];
  readonly findingCount: number;
}

export async function audit(request: AuditRequest): Promise<Report> {
  const { lake, checkpoint, now, refusedShare = 0.01, source, onProgress } = request;
  const findings = new Findings();
  const listed = await lake.list();
  const byWorkspace = placedObjects(listed, findings, request.workspace);
  const names = new Set(byWorkspace.keys());
  for (const name of (await checkpoint?.workspaces()) ?? [])
    if (request.workspace === undefined || request.workspace === name) names.add(name);
  checkNames(names, request);
  let begun = 0;
  const of = [...byWorkspace.values()].reduce((sum, objects) => sum + objects.length, 0);
  const reader = new ObjectReader(lake, findings, () => {
    begun += 1;
    onProgress?.({ objects: begun, of });
  });
  for (const name of [...names].sort()) {
    const objects = byWorkspace.get(name) ?? [];
    const record = checkpoint && (await readCheckpoint(checkpoint, name, findings));
    if (checkpoint && !record && objects.length > 0)
      findings.add(
        'checkpoint_damaged',
        `workspace=${name}`,
        null,
        'The lake has it, and the checkpoint no record.',
      );
    const hasMoved = async () => {
      const now = await lake.list();
      return isChanged(
        objects,
        now.filter(({ key }) => placeOf(key)?.workspace === name),
      );
    };
    const ports = { name, reader, checkpoint: record, now, refusedShare, hasMoved };
    const workspace = new WorkspaceAudit(ports, objects);
    await workspace.readWhatIsSaid();
    await source?.read(workspace.told);
    await workspace.readDays(source && ((day, key, seconds) => source.compareDay(day, key, seconds)));
    await source?.conclude({ name, findings, quarantine: workspace.quarantine });
  }
  const { objects, rows } = reader;
  return {
    objects,
    rows,
    workspaces: names.size,
    checkpointWasRead: checkpoint !== undefined,
    findings: findings.all,
    findingCount: findings.count,
  };
}

/** By workspace. What has no place in a lake is told. */
function placedObjects(
  listed: readonly ObjectEntry[],
  findings: Findings,
  only: string | undefined,
): Map<string, ObjectEntry[]> {
  const byWorkspace = new Map<string, ObjectEntry[]>();
  for (const entry of listed) {
    const place: Place | undefined = placeOf(entry.key);
    if (!place) {
      findings.add('stray_object', entry.key, null, 'Nothing of a lake stands there.');
      continue;
    }
    if (only !== undefined && place.workspace !== only) continue;
    const objects = byWorkspace.get(place.workspace) ?? [];
    objects.push(entry);
    byWorkspace.set(place.workspace, objects);
  }
  return byWorkspace;
}

function checkNames(names: ReadonlySet<string>, { workspace, source }: AuditRequest): void {
  if (names.size === 0)
    throw new WrongUse(workspace === undefined ? 'There is no lake' : `There is no workspace ${workspace}`);
  if (source && names.size > 1)
    throw new WrongUse('The lake has several workspaces: say with --workspace which of them the key is of');
}

/** Whether a run has said something new since: each run writes coverage, and the first one makes it. */
function isChanged(before: readonly ObjectEntry[], after: readonly ObjectEntry[]): boolean {
  const tags = new Map(after.map(({ key, tag }) => [key, tag]));
  return after.length !== before.length || before.some(({ key, tag }) => tags.get(key) !== tag);
}
