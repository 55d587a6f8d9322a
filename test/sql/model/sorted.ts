import { byBytes, type ModelCell, type ModelRow } from './lake.ts';

/** `name`, or `name desc`; with `nulls first` behind it where nulls do not come last. */
type Key = string;

export function sorted(rows: readonly ModelRow[], ...keys: readonly Key[]): ModelRow[] {
  const orders = keys.map((key) => {
    const [name = '', ...words] = key.split(' ');
    return { name, sign: words.includes('desc') ? -1 : 1, nulls: words.includes('first') ? -1 : 1 };
  });
  return rows.toSorted((left, right) => {
    for (const { name, sign, nulls } of orders) {
      const [one, other] = [left[name] ?? null, right[name] ?? null];
      if (one === null && other === null) continue;
      if (one === null) return nulls;
      if (other === null) return -nulls;
      const order = compared(one, other);
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

function compared(left: NonNullable<ModelCell>, right: NonNullable<ModelCell>): number {
  if (typeof left === 'string' && typeof right === 'string') return byBytes(left, right);
  return left < right ? -1 : left > right ? 1 : 0;
}
