/** A report could not be made; the message is for a person. */
export class ReportFailure extends Error {
  override readonly name = 'ReportFailure';
}
