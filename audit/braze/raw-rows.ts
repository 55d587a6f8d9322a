/** The rows of a page as they were sent, character by character: what the lake has to hold as `raw`. */

/** @returns the texts of `results`; undefined where the page has no such list. @throws {SyntaxError} */
export function rawRows(page: string): string[] | undefined {
  // From here on brackets and quotes can be relied upon.
  if (!Array.isArray(JSON.parse(page)?.results)) return undefined;
  let results: string | undefined;
  for (const member of partsOf(page)) {
    const [, name = '', value = ''] = /^("(?:[^"\\]|\\.)*")\s*:\s*(.*)$/s.exec(member) ?? [];
    // Of a name that stands twice, the last counts.
    if (name !== '' && JSON.parse(name) === 'results') results = value;
  }
  return results === undefined ? undefined : partsOf(results);
}

/** What the commas part in an array or object. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  const end = (at: number) => {
    const part = text.slice(from, at).trim();
    if (part !== '') parts.push(part);
    from = at + 1;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth === 1) from = at + 1;
    } else if (character === ']' || character === '}') {
      if (depth === 1) end(at);
      depth -= 1;
    } else if (character === ',' && depth === 1) end(at);
  }
  return parts;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
