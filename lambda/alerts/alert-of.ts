/** From what happened to an incident to what people and programs are told of it. */
import type { Alert } from './alert.ts';
import { nextStepsOf } from './next-steps.ts';
import type { AlertedIntegration, AlertNotice } from './notice.ts';
import { runbookOf } from './runbook.ts';
import { severityOf } from './severity.ts';
import { oneLine, shortened } from './text.ts';
import { titleOf } from './title.ts';

export interface AlertContext {
  readonly workspace: string;
  readonly integration: AlertedIntegration;
  /** Host of the workspace's dashboard, such as `dashboard-01.braze.com`, where it is configured. */
  readonly dashboard?: string | undefined;
  /** @default false */
  readonly test?: boolean;
}

/** A name is a person's own, and may be of any length; a message is not. */
const longestName = 200;
const longestReason = 1000;

export function alertOf(
  notice: AlertNotice,
  { workspace, integration, dashboard, test = false }: AlertContext,
): Alert {
  const { id, event, kind, since, at } = notice;
  return {
    id,
    event,
    workspace,
    integration_id: integration.id,
    integration_name: integration.name === null ? null : shortened(integration.name, longestName),
    kind,
    severity: severityOf(notice),
    since: new Date(since).toISOString(),
    at: new Date(at).toISOString(),
    summary: summaryOf(notice, workspace, integration),
    next_steps: nextStepsOf(notice, integration),
    links: {
      braze: dashboard === undefined || integration.id === null ? null : pageOf(dashboard, integration.id),
      runbook: runbookOf(notice),
    },
    test,
  };
}

function summaryOf(notice: AlertNotice, workspace: string, { id, name }: AlertedIntegration): string {
  const { event, since, at } = notice;
  const called = shortened(oneLine(name ?? id ?? 'all integrations'), longestName);
  const reason = shortened(oneLine(notice.reason), longestReason);
  // What is wrong comes first: a subject is cut at its end.
  const head = `${titleOf(notice)}: ${called} (workspace ${workspace})`;
  const summary =
    event === 'raised'
      ? `${head}, since ${minuteOf(since)} UTC. ${reason}`
      : `Resolved: ${head}, from ${minuteOf(since)} to ${minuteOf(at)} UTC. ${reason}`;
  return summary.replace(/^./, (first) => first.toUpperCase()).trim();
}

const minuteOf = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

export const pageOf = (dashboard: string, id: string): string =>
  `https://${dashboard}/integrations/cloud_data_ingestion/${encodeURIComponent(id)}`;
