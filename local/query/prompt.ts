/** Asks for statement after statement on a terminal, until somebody leaves. */
import { createInterface } from 'node:readline';
import { isForPeople } from '../../lambda/errors/exporter-error.ts';

const first = 'sql> ';
const further = '...> ';

export interface Asked {
  /** What a statement gets; where it throws an error for people, that is told, and the next one is asked for. */
  answer(sql: string): Promise<void>;
  /** Lets the answer that is under way throw. */
  interrupt(): void;
}

export async function prompt({ answer, interrupt }: Asked): Promise<void> {
  console.error('A statement ends with ; or an empty line. exit or Ctrl-D leaves.');
  // What is typed is shown on standard error: standard output is for the answers.
  const lines = createInterface({ input: process.stdin, output: process.stderr, prompt: first });
  // Ctrl-C ends an answer that takes too long, takes back what is begun, and leaves where nothing is.
  lines.on('SIGINT', () => {
    if (isAnswering) {
      // Until it has: a question that is not quite under way yet does not notice the first time.
      interrupting ??= setInterval(interrupt, 50);
      return;
    }
    const isBegun = statement !== '' || lines.line !== '';
    statement = '';
    if (!isBegun) return lines.close();
    lines.write(null, { ctrl: true, name: 'u' });
    ask();
  });
  const ask = () => {
    lines.setPrompt(statement === '' ? first : further);
    lines.prompt();
  };
  let statement = '';
  let isAnswering = false;
  let interrupting: NodeJS.Timeout | undefined;
  ask();
  for await (const line of lines) {
    if (statement === '' && /^\s*(exit|quit|\\q)\s*;?\s*$/i.test(line)) break;
    statement += statement === '' ? line : `\n${line}`;
    const isOver = line.trim() === '' || /;\s*$/.test(line);
    if (isOver && statement.trim() !== '') {
      isAnswering = true;
      try {
        await answer(statement).catch(tell);
      } finally {
        isAnswering = false;
        clearInterval(interrupting);
        interrupting = undefined;
      }
    }
    if (isOver) statement = '';
    ask();
  }
  lines.close();
}

function tell(error: unknown): void {
  if (!isForPeople(error)) throw error;
  console.error(error.message);
}
