/** `contact_emails` is personal data: it stands nowhere in the lake. */
import type { Findings } from '../findings.ts';
import { hasMember, membersIn } from '../rows/json.ts';

const name = 'contact_emails';

/** @param raw the row that a line keeps. */
export function checkContactEmails(
  findings: Findings,
  key: string,
  line: number,
  integrationId: string | null,
  raw: string,
): void {
  // Nearly no row can have it: only such as name it, or may hide it behind an escape, are looked into.
  if (!/contact_emails|\\u/i.test(raw)) return;
  if (!hasMember(membersIn(raw), name)) return;
  findings.add('contact_emails', key, integrationId, `Line ${line} keeps ${name} in its raw row.`);
}
