/**
 * What comes of a request is taken with all its effects, one after the other, in the order in which it comes: the
 * history moves on, the rows wait for the commit, and it is known better who has failed by himself.
 */
import { BrokenHistory } from '../errors/broken-history.ts';
import { Denied } from '../errors/denied.ts';
import { ExporterError } from '../errors/exporter-error.ts';
import { OutOfTime } from '../errors/out-of-time.ts';
import { PutAside } from '../errors/put-aside.ts';
import { Refused } from '../errors/refused.ts';
import { Unanswered } from '../errors/unanswered.ts';
import type { Failures } from './failures.ts';
import type { HeldFailures } from './held-failures.ts';
import type { Effects, IntegrationRun } from './integration-run.ts';
import type { IntegrationRuns } from './integration-runs.ts';
import type { ListReader } from './list-reader.ts';
import type { Receipt } from './receipt.ts';
import type { AnsweredPage } from './request-page.ts';
import type { Answer } from './requester.ts';
import type { Arrival } from './requests-under-way.ts';
import type { ReportEvent } from './run-events.ts';
import type { Sending } from './sending.ts';
import type { Uncommitted } from './uncommitted.ts';
import type { Placings } from './unplaced.ts';

interface Context {
  readonly integrations: IntegrationRuns;
  /** Undefined where the integrations are named by hand. */
  readonly list: ListReader | undefined;
  readonly sending: Sending;
  readonly uncommitted: Uncommitted;
  readonly placings: Placings;
  readonly failures: Failures;
  readonly held: HeldFailures;
  readonly receipt: Receipt;
  readonly report: ReportEvent;
}

export class Taking {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** @throws what ends the reading for all. */
  async take(arrival: Arrival): Promise<void> {
    if ('list' in arrival) await this.#takeList(arrival.list);
    else if ('listError' in arrival) this.#takeListError(arrival.listError);
    else if ('answered' in arrival) this.#takeAnswer(arrival.integration, arrival.answered);
    else this.#takeError(arrival.integration, arrival.error);
  }

  /** Takes what is still answered when the reading has ended. @throws a fault of this program, whatever has ended it. */
  async takeRest(): Promise<void> {
    const { sending } = this.#context;
    while (!sending.isIdle) {
      const arrival = await sending.take();
      const error = errorOf(arrival);
      if ('answered' in arrival || 'list' in arrival) await this.take(arrival);
      else if (!(error instanceof ExporterError)) throw error;
    }
  }

  async #takeList(answer: Answer): Promise<void> {
    const { integrations, list, sending, held, uncommitted, report } = this.#context;
    sending.listAnswered();
    held.failUnanswered();
    const { joining, quarantined } = (await list?.take(answer)) ?? { joining: [], quarantined: [] };
    for (const row of quarantined) uncommitted.quarantine(row);
    sending.join(joining);
    if (joining.length > 0) report({ kind: 'listed', integrations: integrations.due.length });
  }

  /** Without the list, what is known is read on. @throws what is not the list's own affair. */
  #takeListError(error: unknown): void {
    const { list, held } = this.#context;
    const sentence = list?.giveUp(error);
    if (sentence !== undefined) held.holdListUnanswered(sentence);
  }

  #takeAnswer(integration: IntegrationRun, { answer, cursor, askedAt, answeredAt }: AnsweredPage): void {
    const { list, sending, held, uncommitted, placings, failures } = this.#context;
    sending.integrationAnswered();
    uncommitted.countAnswer();
    held.takeAnswered(integration);
    // A commit may have found meanwhile that it can't be exported.
    if (integration.isOver) return;
    let effects: Effects;
    try {
      effects = integration.take(answer, { cursor, askedAt, now: answeredAt, isListed: list !== undefined });
    } catch (error) {
      if (!(error instanceof BrokenHistory)) throw error;
      integration.holdBack(error.message);
      failures.addContained(error);
      return;
    }
    if (effects.failure !== undefined) failures.addOf(integration, effects.failure);
    uncommitted.add(effects.rows);
    placings.add(
      integration.id,
      effects.rows.map(({ row }) => row),
    );
    if (effects.page) this.#countPage(integration, effects.page);
  }

  #countPage(integration: IntegrationRun, { rows, newest, oldest }: NonNullable<Effects['page']>): void {
    const { integrations, receipt, report } = this.#context;
    receipt.pages += 1;
    const { due } = integrations;
    report({
      kind: 'page',
      integrationId: integration.id,
      pages: receipt.pages,
      rows,
      newest,
      oldest,
      isLast: isDone(integration),
      done: due.filter(isDone).length,
      total: due.length,
    });
  }

  /** @throws what is not this integration's own affair. */
  #takeError(integration: IntegrationRun, error: unknown): void {
    const { sending, held } = this.#context;
    if (error instanceof OutOfTime) {
      sending.endStatus(error);
    } else if (error instanceof PutAside) {
      sending.putAside(integration, error.isAlone);
    } else if (error instanceof Refused) {
      sending.leaveOut(integration);
      held.holdRefused(integration, error, sending.underWay);
    } else if (error instanceof Unanswered && error.connected) {
      sending.leaveOut(integration);
      held.holdUnanswered(integration, error.message);
    } else {
      throw error instanceof Unanswered ? new Denied(error.message) : error;
    }
  }
}

const isDone = ({ isOver, isComplete }: IntegrationRun): boolean => isOver || isComplete;

function errorOf(arrival: Arrival): unknown {
  if ('listError' in arrival) return arrival.listError;
  return 'error' in arrival ? arrival.error : undefined;
}
