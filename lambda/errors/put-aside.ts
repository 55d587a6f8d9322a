import { ExporterError } from './exporter-error.ts';

/** One integration is told again and again that the limit is used up: others are asked in its place. */
export class PutAside extends ExporterError {
  override readonly name = 'PutAside';
  override readonly isForPeople = false;
  /** Others were answered meanwhile: it has to wait by itself. Else nobody knows yet whose limit it is. */
  readonly isAlone: boolean;

  constructor(isAlone: boolean) {
    super();
    this.isAlone = isAlone;
  }
}
