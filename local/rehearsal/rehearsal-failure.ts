/** The chain did not do what it should. The message says what was expected and what was seen. */
export class RehearsalFailure extends Error {
  override readonly name = 'RehearsalFailure';
}

/** @throws {RehearsalFailure} */
export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new RehearsalFailure(otherwise);
}
