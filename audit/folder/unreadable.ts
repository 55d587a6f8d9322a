import { AuditFailure } from '../audit-failure.ts';

/** What a person is told of a file or folder that is there and can't be read. */
export function unreadable(path: string, { code, message }: NodeJS.ErrnoException): AuditFailure {
  return new AuditFailure(`${path} ${sentences[code ?? ''] ?? `can not be read (${code ?? message}).`}`);
}

const notOpen = 'is not open to this user: give them access to it, and audit again.';
const sentences: Readonly<Record<string, string>> = {
  EACCES: notOpen,
  EPERM: notOpen,
  EISDIR: 'is a folder where a file should be: move it away, and audit again.',
  ENOTDIR: 'is a file where a folder should be: move it away, and audit again.',
};
