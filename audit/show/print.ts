/** What was found, on standard output. */
import { AuditFailure } from '../audit-failure.ts';

/** A pipe that is closed or a disk that is full takes away what is shown, and must not end in a stack. */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** Whoever reads it may have seen enough of it: `… | head`. @throws {AuditFailure} it could not be written. */
export async function print(text: string): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) =>
    process.stdout.write(text, resolve),
  );
  if (error && error.code !== 'EPIPE')
    throw new AuditFailure(`what was found could not be written (${error.code}).`);
}
