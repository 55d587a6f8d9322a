import { ExporterError } from '../../lambda/errors/exporter-error.ts';

/** The configuration can't be used. It carries every fault that was found, each a sentence that begins with its path. */
export class ConfigurationFault extends ExporterError {
  override readonly name = 'ConfigurationFault';
  override readonly isForPeople = true;
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}
