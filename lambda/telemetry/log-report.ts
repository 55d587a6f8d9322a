/** What is worth a line in the log while a run goes on. */
import type { Logger } from '@aws-lambda-powertools/logger';
import { hiddenSentence, pairSentence, type ReportEvent } from '../run/run-events.ts';

/** Shorter pauses are part of any run, in milliseconds. */
const worthTelling = 500;

export function logReport(logger: Logger): ReportEvent {
  let saidPair = false;
  return (event) => {
    switch (event.kind) {
      case 'wait':
        if (event.milliseconds < worthTelling) return;
        return logger.info('waiting', { why: event.why, seconds: Math.ceil(event.milliseconds / 1000) });
      case 'retry':
        return logger.warn('trying again', { reason: event.reason });
      case 'failed':
        return logger.error('integration failed', {
          integration_id: event.integrationId,
          reason: event.message,
        });
      case 'late':
        return logger.warn('rows turned up where none was missing', {
          integration_id: event.integrationId,
          rows: event.rows,
        });
      case 'hidden':
        return logger.warn('the tables do not show all syncs', { reason: hiddenSentence(event) });
      case 'incident':
        return logger.warn(`incident ${event.alert.event}`, { alert: event.alert });
      case 'pair':
        if (saidPair) return;
        saidPair = true;
        return logger.warn('a sync stands twice', {
          integration_id: event.integrationId,
          reason: pairSentence(event),
        });
      default:
        return;
    }
  };
}
