/**
 * What stands in the outboxes is told, as the last thing that a run does.
 *
 * 1. Each place is given what it still wants: all places side by side, each all it wants at once; but the end of an
 *    incident only after its beginning has arrived there.
 * 2. What has arrived leaves the outbox of its integration, and the record is written again.
 *    A crash or a lost answer before that, and the next run tells it once more, under the same id.
 * 3. What has not arrived stays: for as long as the incident is open, or for a week, unless so much waits that what is
 *    over must make room (`lambda/standing/outbox.ts`). Who was not told of a beginning in time is not told of the end;
 *    who was is told, however late.
 *
 * Nothing here fails a run: the history is in the lake, and whoever is not told now is told by a later run.
 */
import { type Alert, type AlertSink, deliveryKey } from '../alerts/alert.ts';
import { alertOf } from '../alerts/alert-of.ts';
import type { AlertPorts } from '../alerts/alert-ports.ts';
import type { AlertedIntegration } from '../alerts/notice.ts';
import type { Incidents } from '../checkpoint/workspace-facts.ts';
import { isForPeople } from '../errors/exporter-error.ts';
import { LostRace } from '../errors/lost-race.ts';
import { newestOver } from '../standing/facts.ts';
import type { OpenIncident, OutboxEntry } from '../standing/incident.ts';
import { weekMs } from '../standing/periods.ts';
import { aFewAtOnce } from './a-few-at-once.ts';
import type { CommitPorts } from './commit.ts';
import { tellFinished } from './finished-syncs.ts';
import type { IntegrationRun } from './integration-run.ts';
import type { IntegrationRuns } from './integration-runs.ts';
import type { ReportEvent } from './run-events.ts';
import type { Standings } from './standings.ts';

/** What is older is no news. */
const keptForMs = weekMs;
/** Where nobody says how long there is. */
const patienceMs = 10_000;

interface Context {
  readonly ports: Pick<CommitPorts, 'workspace' | 'objects' | 'checkpoints' | 'receipt' | 'now'>;
  readonly integrations: IntegrationRuns;
  readonly standings: Standings;
  readonly alerts: AlertPorts | undefined;
  readonly report: ReportEvent;
  /** Incidents that were raised or resolved before this run, and wait, are not reported again. */
  readonly began: number;
}

export async function tell(context: Context): Promise<void> {
  const { alerts, ports, report, began } = context;
  const waiting = context.integrations.all.filter(
    ({ isHeldBack, state }) => !isHeldBack && (state.standing.outbox.length > 0 || state.finished.length > 0),
  );
  const outboxes = [
    ...context.standings.ofWorkspace.waiting.map(([id, incidents]) => ofWorkspace(context, id, incidents)),
    ...waiting.map((each) => ofIntegration(context, each)),
  ];
  if (outboxes.length === 0) return;
  // It was muted after it was told, and what waits of it goes on waiting.
  const isMuted = ({ integration_id: id }: Alert) => id !== null && alerts?.settings.muted.has(id) === true;
  const alertOfEntry = new Map<OutboxEntry, Alert>();
  for (const { about, entries } of outboxes) {
    for (const entry of entries) {
      const alert = compose(context, about, entry);
      alertOfEntry.set(entry, alert);
      if (entry.notice.at >= began && !isMuted(alert)) report({ kind: 'incident', alert });
    }
  }
  const signal = alerts?.signal ?? AbortSignal.timeout(patienceMs);
  const arrived = new Map<string, ReadonlySet<Alert>>();
  const deliveries = (alerts?.sinks ?? []).map(async (sink) => {
    const wanted = [...alertOfEntry].flatMap(([{ sinks }, alert]) =>
      sinks.includes(sink.name) && !isMuted(alert) ? [alert] : [],
    );
    arrived.set(sink.name, await deliverInOrder(sink, wanted, signal));
  });
  const nameOf = (id: string) => nameIn(context, id);
  const finished = tellFinished({ ...ports, finished: alerts?.finished, signal, nameOf }, waiting);
  await Promise.all([...deliveries, finished]);
  await aFewAtOnce(outboxes, async ({ entries, open, keep }) => {
    const left = entries.map((entry) => {
      const alert = alertOfEntry.get(entry);
      const sinks = entry.sinks.filter((name) => !alert || !arrived.get(name)?.has(alert));
      return { ...entry, sinks };
    });
    await keep(withoutOld(left, open, ports.now(), (name) => arrived.has(name)));
  });
}

/** What waits to be told of one integration, or of the workspace. */
interface Outbox {
  readonly about: AlertedIntegration;
  readonly entries: readonly OutboxEntry[];
  readonly open: readonly OpenIncident[];
  readonly keep: (left: readonly OutboxEntry[]) => Promise<void>;
}

function ofIntegration(context: Context, each: IntegrationRun): Outbox {
  const { standing } = each.state;
  return {
    about: {
      ...aboutOf(context, each.id),
      lastStatus: newestOver(standing)?.status ?? null,
      detailsUntil: context.standings.of(each.id)?.detailsUntil ?? null,
    },
    entries: standing.outbox,
    open: standing.open,
    keep: async (outbox) => {
      each.standing.keep({ ...standing, outbox });
      await writeAgain(context, each);
    },
  };
}

/** @param id of an integration whose own record can't be written; null: it is about the workspace. */
function ofWorkspace(context: Context, id: string | null, { open, outbox }: Incidents): Outbox {
  return {
    about: { ...aboutOf(context, id), lastStatus: null, detailsUntil: null },
    entries: outbox,
    open,
    // Written when the lease is given back, which follows.
    keep: async (left) => context.standings.ofWorkspace.keepOutbox(id, left),
  };
}

const aboutOf = (context: Context, id: string | null) => ({
  id,
  name: id === null ? null : nameIn(context, id),
});

const nameIn = ({ standings }: Context, id: string): string | null => standings.listedOf(id)?.name ?? null;

/** All at once, but of each incident what happened first comes first, and what follows only once that has arrived. */
async function deliverInOrder(
  sink: AlertSink,
  wanted: readonly Alert[],
  signal: AbortSignal,
): Promise<ReadonlySet<Alert>> {
  const arrived = new Set<Alert>();
  let left = wanted;
  while (left.length > 0) {
    const first = [...Map.groupBy(left, ({ id }) => id).values()].flatMap(([alert]) => alert ?? []);
    const keys = await sink.deliver(first, signal);
    const taken = first.filter((alert) => keys.has(deliveryKey(alert)));
    for (const alert of taken) arrived.add(alert);
    const ids = new Set(taken.map(({ id }) => id));
    left = left.filter((alert) => ids.has(alert.id) && !arrived.has(alert));
  }
  return arrived;
}

/**
 * Whoever has heard of a beginning hears of its end, however late, for as long as there is such a place.
 * @param entries with the sinks that still want each. @param isThere whether there still is a place of that name.
 */
function withoutOld(
  entries: readonly OutboxEntry[],
  open: readonly OpenIncident[],
  now: number,
  isThere: (sink: string) => boolean,
): OutboxEntry[] {
  const isOld = ({ notice }: OutboxEntry) => now - notice.at >= keptForMs;
  const isBeginning = ({ notice }: OutboxEntry) => notice.event === 'raised';
  const isOpen = ({ notice }: OutboxEntry) => open.some(({ id }) => id === notice.id);
  const dropped = entries.filter((entry) => isBeginning(entry) && isOld(entry) && !isOpen(entry));
  const isBeginningIn = (among: readonly OutboxEntry[], id: string, sink: string) =>
    among.some((entry) => isBeginning(entry) && entry.notice.id === id && entry.sinks.includes(sink));
  return entries
    .map((entry, at) => {
      const { id } = entry.notice;
      if (dropped.includes(entry)) return { ...entry, sinks: [] };
      const isLateEnd = !isBeginning(entry) && isOld(entry);
      const hears = (sink: string) =>
        isLateEnd
          ? isThere(sink) && !isBeginningIn(entries.slice(0, at), id, sink)
          : !isBeginningIn(dropped, id, sink);
      return { ...entry, sinks: entry.sinks.filter(hears) };
    })
    .filter(({ sinks }) => sinks.length > 0);
}

function compose(
  { ports, alerts }: Context,
  integration: AlertedIntegration,
  { notice }: OutboxEntry,
): Alert {
  const dashboard = alerts?.settings.dashboard;
  return alertOf(notice, { workspace: ports.workspace, integration, dashboard });
}

/** What was told and could not be written down is told again. */
async function writeAgain({ ports }: Context, each: IntegrationRun): Promise<void> {
  try {
    await each.write(ports.checkpoints, ports.workspace);
  } catch (error) {
    if (!(error instanceof LostRace) && !isForPeople(error)) throw error;
  }
}
