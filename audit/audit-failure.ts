/** The audit could not be done: the message is a sentence for a person, and says nothing secret. */
export class AuditFailure extends Error {
  override readonly name = 'AuditFailure';
}
