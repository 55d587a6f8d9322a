import { ExporterError } from './exporter-error.ts';

/** One integration is told again that the limit is used up, while others are answered: it has to wait by itself. */
export class PutAside extends ExporterError {
  override readonly name = 'PutAside';
  override readonly isForPeople = false;
}
