/** The base of the errors that this program throws on purpose. */
export abstract class ExporterError extends Error {
  /**
   * Its message is meant for a person: a sentence or two that names what is wrong and says what to do.
   * Where it is false, somebody in the program catches the error; it must not come as far as a person.
   */
  abstract readonly isForPeople: boolean;
}

/** Any other error is a fault of this program. */
export function isForPeople(error: unknown): error is ExporterError {
  return error instanceof ExporterError && error.isForPeople;
}
