import { ExporterError } from '../../lambda/errors/exporter-error.ts';

/** Trino refused a statement or failed to carry it out. The message is Trino's own. */
export class QueryFailure extends ExporterError {
  override readonly name = 'QueryFailure';
  override readonly isForPeople = false;
  /** Such as `COLUMN_NOT_FOUND`. */
  readonly kind: string;

  constructor(message: string, kind: string) {
    super(message);
    this.kind = kind;
  }
}
