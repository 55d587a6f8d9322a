/** The local AWS, or what belongs to it, could not be fetched or started. The message says what to do. */
export class LocalAwsFailure extends Error {
  override readonly name = 'LocalAwsFailure';
}
