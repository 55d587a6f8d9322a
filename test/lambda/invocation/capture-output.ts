import { onTestFinished, vi } from 'vitest';

/** What the process writes from here to the end of the test, each line parsed as the JSON that it must be. */
export function captureOutput(): {
  readonly text: () => string;
  readonly lines: () => Record<string, unknown>[];
} {
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  const text = () => written.join('');
  return {
    text,
    lines: () =>
      text()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  };
}
