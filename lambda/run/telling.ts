/**
 * What stands in the outboxes is told, as the last thing that a run does.
 *
 * 1. Each place is given what it still wants: all places side by side, each all it wants at once.
 * 2. What has arrived leaves the outbox of its integration, and the record is written again.
 *    A crash or a lost answer before that, and the next run tells it once more, under the same id.
 * 3. What has not arrived stays, for a week.
 *
 * Nothing here fails a run: the history is in the lake, and whoever is not told now is told by a later run.
 */
import { type Alert, deliveryKey } from '../alerts/alert.ts';
import { alertOf } from '../alerts/alert-of.ts';
import type { AlertPorts } from '../alerts/alert-ports.ts';
import { isForPeople } from '../errors/exporter-error.ts';
import { LostRace } from '../errors/lost-race.ts';
import { newestOver } from '../standing/facts.ts';
import type { OutboxEntry } from '../standing/incident.ts';
import { aFewAtOnce } from './a-few-at-once.ts';
import type { CommitPorts } from './commit.ts';
import { tellFinished } from './finished-syncs.ts';
import type { IntegrationRun } from './integration-run.ts';
import type { IntegrationRuns } from './integration-runs.ts';
import type { ReportEvent } from './run-events.ts';
import type { Standings } from './standings.ts';

/** What is older is no news. */
const keptForMs = 7 * 24 * 60 * 60_000;
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
  if (waiting.length === 0) return;
  const alertOfEntry = new Map<OutboxEntry, Alert>();
  for (const each of waiting) {
    for (const entry of each.state.standing.outbox) {
      const alert = compose(context, each, entry);
      alertOfEntry.set(entry, alert);
      if (entry.notice.at >= began) report({ kind: 'incident', alert });
    }
  }
  const signal = alerts?.signal ?? AbortSignal.timeout(patienceMs);
  const arrived = new Map<string, ReadonlySet<string>>();
  const deliveries = (alerts?.sinks ?? []).map(async (sink) => {
    const wanted = [...alertOfEntry].flatMap(([{ sinks }, alert]) =>
      sinks.includes(sink.name) ? [alert] : [],
    );
    if (wanted.length > 0) arrived.set(sink.name, await sink.deliver(wanted, signal));
  });
  const finished = tellFinished({ ...ports, finished: alerts?.finished, signal }, waiting);
  await Promise.all([...deliveries, finished]);
  await aFewAtOnce(waiting, async (each) => {
    const left = each.state.standing.outbox.flatMap((entry) => {
      const alert = alertOfEntry.get(entry);
      const sinks = entry.sinks.filter((name) => !alert || !arrived.get(name)?.has(deliveryKey(alert)));
      return sinks.length > 0 && ports.now() - entry.notice.at < keptForMs ? [{ ...entry, sinks }] : [];
    });
    each.stand({ ...each.state.standing, outbox: left });
    await writeAgain(context, each);
  });
}

function compose(
  { ports, standings, alerts }: Context,
  each: IntegrationRun,
  { notice }: OutboxEntry,
): Alert {
  const { standing: facts } = each.state;
  const integration = {
    id: each.id,
    name: standings.listedOf(each.id)?.name ?? null,
    lastStatus: newestOver(facts)?.status ?? null,
    detailsUntil: standings.of(each.id)?.detailsUntil ?? null,
  };
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
