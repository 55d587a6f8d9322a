/** What a simulated Braze serves: the state of a workspace as a function of time. */

/** An integration as the list endpoint serves it: eleven fields, of which four are null on some integrations. */
export interface IntegrationJson {
  readonly integration_id: string | null;
  readonly app_group_id: string | null;
  readonly integration_name: string | null;
  readonly integration_type: string | null;
  readonly integration_status: string | null;
  readonly contact_emails: string | null;
  readonly last_updated_at: string | null;
  readonly warehouse_type: string | null;
  readonly last_job_start_time: string | null;
  readonly last_job_status: string | null;
  readonly next_scheduled_run: string | null;
}

/** A sync as the status endpoint documents it. Worlds may serve anything else as well. */
export interface SyncJson {
  readonly job_status: string;
  readonly sync_start_time: string;
  readonly sync_finish_time: string | null;
  readonly last_timestamp_synced: string | null;
  readonly rows_synced: number | null;
  readonly rows_failed_with_errors: number | null;
}

/**
 * A row given as text, served as it stands: numbers past 2^53, duplicate keys and odd spellings don't survive
 * `JSON.stringify`.
 */
export class RawJson {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

export interface World {
  /** Integrations as the list endpoint would serve them at this time, in list order. */
  integrations(at: number): readonly IntegrationJson[];
  /**
   * Rows of an integration at this time, oldest first by start; undefined for an unknown integration.
   * Rows may be hostile, or `RawJson`, hence `unknown`.
   */
  rows(integrationId: string, at: number): readonly unknown[] | undefined;
}
