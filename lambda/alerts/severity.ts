import type { Severity } from './alert.ts';
import type { AlertNotice } from './notice.ts';

/** Of the traps, the one after which no row arrives any more; the others cost money or lose what comes late. */
const criticalTrap = 'future_watermark';

/** Critical is what keeps data from arriving, or history from being kept. */
export function severityOf({ kind, trap }: Pick<AlertNotice, 'kind' | 'trap'>): Severity {
  if (kind === 'trap') return trap === criticalTrap ? 'critical' : 'warning';
  return kind === 'refused' ? 'warning' : 'critical';
}
