/**
 * What the exporter does, on one page, from the receipts in its log: three dashboards are free, and what is asked of
 * a log costs by the gigabyte that is read, while each metric costs by the month.
 */
import { Duration } from 'aws-cdk-lib';
import { Dashboard, LogQueryVisualizationType, LogQueryWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Schedule } from './schedule/schedule.ts';

export interface ExporterDashboardProps {
  readonly logGroup: ILogGroup;
  readonly schedule: Schedule;
}

const day = 86_400;

/** A day, or three turns where that is longer: what CloudWatch shows else, three hours, may not have seen a run. */
const shown = ({ longest }: Schedule): Duration => Duration.days(Math.max(1, Math.ceil((3 * longest) / day)));

const width = 24;

/** In the language of CloudWatch Logs Insights; the fields are those of `run ended`, `run failed`, `no key` and of incidents in the log. */
const questions = {
  lastGoodRun: [
    'filter receipt.outcome = "complete" or receipt.outcome = "suspended"',
    'stats max(@timestamp) as last_good_run by workspace',
    'sort last_good_run asc',
  ],
  newestReceipt: [
    'filter ispresent(receipt.outcome)',
    'stats latest(receipt.outcome) as outcome, latest(receipt.gaps) as gaps, latest(receipt.open) as open_syncs, ' +
      'latest(receipt.integrations.total) as integrations, latest(receipt.integrations.failed) as failed_integrations ' +
      'by workspace',
    'sort workspace asc',
  ],
  work: [
    'filter ispresent(receipt.outcome) and receipt.outcome != "busy"',
    'fields receipt.requests.status * 60 / receipt.elapsed_seconds as requests_a_minute',
    'stats count(*) as runs, sum(receipt.rows.new) as new_rows, sum(receipt.rows.quarantined) as quarantined_rows, ' +
      'sum(receipt.requests.status) as requests, max(requests_a_minute) as most_requests_a_minute, ' +
      'latest(requests_per_minute) as limit_a_minute, sum(receipt.waited_seconds) as waited_seconds, ' +
      'sum(receipt.incidents.raised) as incidents_raised, sum(receipt.incidents.resolved) as incidents_resolved ' +
      'by workspace',
    'sort workspace asc',
  ],
  rowsByTheHour: [
    'filter ispresent(receipt.outcome)',
    'stats sum(receipt.rows.new) as new_rows, sum(receipt.rows.updated) as updated_rows by bin(1h)',
  ],
  secondsByTheHour: [
    'filter ispresent(receipt.outcome)',
    'stats sum(receipt.elapsed_seconds) as elapsed, sum(receipt.waited_seconds) as waited by bin(1h)',
  ],
  // Those whose newest run has found none: one that has a key by now is no longer among them.
  withoutKey: [
    'filter message = "no key" or message = "run ended" or message = "run failed"',
    'stats latest(message) as newest_run, max(@timestamp) as last_tried, latest(reason) as what_to_do by workspace',
    'filter newest_run = "no key"',
    'sort workspace asc',
    'display workspace, last_tried, what_to_do',
  ],
  // By the newest word on each. One that was raised before that time is not among them.
  openIncidents: [
    'filter message = "incident raised" or message = "incident resolved"',
    'stats latest(message) as newest, latest(alert.since) as since, latest(alert.summary) as what ' +
      'by workspace, alert.id as incident',
    'filter newest = "incident raised"',
    'sort since desc',
    'display workspace, since, what, incident',
  ],
  newestFailures: [
    'filter message = "run failed" or message = "no key" or message = "AWS has refused"',
    'fields @timestamp, workspace, message, coalesce(failures.0, reason, words) as what',
    'sort @timestamp desc',
    'limit 20',
  ],
} as const;

export class ExporterDashboard extends Dashboard {
  constructor(scope: Construct, id: string, { logGroup, schedule }: ExporterDashboardProps) {
    super(scope, id, { defaultInterval: shown(schedule) });
    const asked = (
      title: string,
      question: keyof typeof questions,
      view: 'table' | 'line',
      columns: number,
    ) =>
      new LogQueryWidget({
        title,
        logGroupNames: [logGroup.logGroupName],
        queryLines: [...questions[question]],
        view: view === 'table' ? LogQueryVisualizationType.TABLE : LogQueryVisualizationType.LINE,
        width: columns,
        height: 7,
      });
    this.addWidgets(
      new TextWidget({
        markdown:
          'The exporter of Braze CDI sync history, by its own log. How your syncs stand is in the tables: ask ' +
          '`latest_syncs` in Athena. What to do about a failure stands in docs/runbook.md.',
        width,
        height: 2,
      }),
      asked('Last good run', 'lastGoodRun', 'table', width / 3),
      asked('The newest receipt of each workspace', 'newestReceipt', 'table', (2 * width) / 3),
      asked('What runs have done in the time that is shown', 'work', 'table', width),
      asked('Rows by the hour', 'rowsByTheHour', 'line', width / 2),
      asked(
        'Seconds by the hour, and how many of them were spent waiting',
        'secondsByTheHour',
        'line',
        width / 2,
      ),
      asked('Workspaces without a key', 'withoutKey', 'table', width),
      asked('Incidents raised in the time that is shown, and still open', 'openIncidents', 'table', width),
      asked('The newest failures', 'newestFailures', 'table', width),
    );
  }
}
