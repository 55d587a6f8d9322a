import { ExporterError } from '../../lambda/errors/exporter-error.ts';

/** Wrong use: the message says all that is wrong, and nothing was contacted. */
export class WrongUse extends ExporterError {
  override readonly name = 'WrongUse';
  override readonly isForPeople = true;
}
