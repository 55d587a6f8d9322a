import { ExporterError } from './exporter-error.ts';

/** No use to go on: the key, its permission or the endpoint is wrong. The message says which, and what to do. */
export class Denied extends ExporterError {
  override readonly name = 'Denied';
  override readonly isForPeople = true;
}
