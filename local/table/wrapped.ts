import wrapAnsi from 'wrap-ansi';

/** A text in lines of at most `width`, those after the first further in; as it is where there is no width. */
export function wrapped(text: string, width: number | undefined, indent = 0): string {
  if (width === undefined) return text;
  const lines = text.split('\n').flatMap((line) => {
    if (line.length <= width) return line;
    const [first = '', ...rest] = wrapAnsi(line, width, { trim: false, hard: true }).split('\n');
    const others = wrapAnsi(rest.join('').trimStart(), width - indent, { hard: true }).split('\n');
    return [first, ...others.map((other) => ' '.repeat(indent) + other)].map((piece) => piece.trimEnd());
  });
  return lines.join('\n');
}
