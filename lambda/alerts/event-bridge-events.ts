/** What EventBridge is told. Rules of users match on these words: they are part of the contract. */
import type { Alert } from './alert.ts';

export const eventSource = 'braze-cdi-sync-history';

export const detailTypes = {
  raised: 'Sync Incident Raised',
  resolved: 'Sync Incident Resolved',
  finished: 'Sync Finished',
} as const;

export interface BusEvent {
  readonly key: string;
  readonly bytes: number;
  readonly entry: {
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: string;
    readonly Time?: Date;
  };
}

export function busEventOf(key: string, DetailType: string, Detail: string, Time?: Date): BusEvent {
  return {
    key,
    // AWS counts 14 bytes for the time, and the texts in UTF-8.
    bytes: 14 + Buffer.byteLength(eventSource + DetailType + Detail),
    entry: { Source: eventSource, DetailType, Detail, ...(Time ? { Time } : {}) },
  };
}

export const incidentEventOf = (key: string, alert: Alert): BusEvent =>
  busEventOf(key, detailTypes[alert.event], JSON.stringify(alert), new Date(alert.at));
