/** Notices and alerts for tests. */
import type { Alert } from '../../../lambda/alerts/alert.ts';
import { alertOf } from '../../../lambda/alerts/alert-of.ts';
import type { AlertedIntegration, AlertNotice } from '../../../lambda/alerts/notice.ts';

export const notice: AlertNotice = {
  id: '0123456789abcdef0123456789abcdef',
  event: 'raised',
  kind: 'failed',
  trap: null,
  since: Date.parse('2026-11-28T10:15:00.123Z'),
  at: Date.parse('2026-11-28T10:31:07.000Z'),
  reason: 'The newest sync ended with error, as did the one before.',
};

export const integration: AlertedIntegration = {
  id: 'a1b2',
  name: 'Snowflake · users',
  lastStatus: 'error',
  detailsUntil: null,
};

export const alertWith = (more: Partial<AlertNotice> = {}, of: Partial<AlertedIntegration> = {}): Alert =>
  alertOf({ ...notice, ...more }, { workspace: 'shop', integration: { ...integration, ...of } });

/** So many, each of an incident of its own. */
export const manyAlerts = (count: number): Alert[] =>
  Array.from({ length: count }, (_, index) => alertWith({ id: index.toString(16).padStart(32, '0') }));
