/** Asks for statement after statement on a terminal, until somebody leaves. */
import { createInterface } from 'node:readline';
import { isForPeople } from '../../lambda/errors/exporter-error.ts';

const first = 'sql> ';
const further = '...> ';

/** @param answer what a statement gets; where it throws an error for people, that is told, and the next one is asked for. */
export async function prompt(answer: (sql: string) => Promise<void>): Promise<void> {
  console.error('A statement ends with ; or an empty line. exit or Ctrl-D leaves.');
  // What is typed is shown on standard error: standard output is for the answers.
  const lines = createInterface({ input: process.stdin, output: process.stderr, prompt: first });
  // Ctrl-C takes back what is begun, and leaves where nothing is.
  lines.on('SIGINT', () => {
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
  ask();
  for await (const line of lines) {
    if (statement === '' && /^\s*(exit|quit|\\q)\s*;?\s*$/i.test(line)) break;
    statement += statement === '' ? line : `\n${line}`;
    const isOver = line.trim() === '' || /;\s*$/.test(line);
    if (isOver && statement.trim() !== '') await answer(statement).catch(tell);
    if (isOver) statement = '';
    ask();
  }
  lines.close();
}

function tell(error: unknown): void {
  if (!isForPeople(error)) throw error;
  console.error(error.message);
}
