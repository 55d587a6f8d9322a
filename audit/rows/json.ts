/** JSON whose numbers keep the text that they were written as: `12.0`, and integers past 2^53. */

export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Members = Readonly<Record<string, unknown>>;

/** @throws {SyntaxError} */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_key, value, context?: { readonly source?: string }) =>
    typeof value === 'number' ? new NumberText(context?.source ?? String(value)) : value,
  );
}

/** Undefined: it is no JSON object. */
export function membersIn(text: string): Members | undefined {
  try {
    const value = parseExactly(text);
    const isObject = typeof value === 'object' && value !== null;
    if (!isObject || Array.isArray(value) || value instanceof NumberText) return undefined;
    return value as Members;
  } catch {
    return undefined;
  }
}

/** Whether a member of that name, in lower case, stands anywhere in it. */
export function hasMember(value: unknown, name: string): boolean {
  // A list of what is left to look into: a row may be nested deep.
  const left: unknown[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== 'object' || next === null || next instanceof NumberText) continue;
    for (const [key, member] of Object.entries(next)) {
      if (!Array.isArray(next) && key.toLowerCase() === name) return true;
      if (typeof member === 'object' && member !== null) left.push(member);
    }
  }
  return false;
}
