import { ExporterError } from '../../lambda/errors/exporter-error.ts';

/** The chain did not do what it should. The message says what was expected and what was seen. */
export class RehearsalFailure extends ExporterError {
  override readonly name = 'RehearsalFailure';
  override readonly isForPeople = true;
}

/** @throws {RehearsalFailure} */
export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new RehearsalFailure(otherwise);
}
