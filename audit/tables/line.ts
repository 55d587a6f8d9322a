/** A line of any table: its columns and their order, the types of its cells, and its bytes. */
import type { Finding, FindingKind } from '../findings.ts';
import { type Members, membersIn, NumberText } from '../rows/json.ts';
import { msOfCell } from '../rows/time.ts';
import { type Cell, type CellType, type Columns, encoded } from './tables.ts';

export type Cells = Readonly<Record<string, Cell>>;
export type Fault = Pick<Finding, 'detail'> & { readonly kind: FindingKind };

export interface ReadLine {
  /** Undefined: the line is of no use. */
  readonly cells?: Cells;
  readonly faults: readonly Fault[];
}

/** @param shapes the columns that it may have. @param what names the line in a sentence. */
export function readLine(text: string, shapes: readonly Columns[], what: string): ReadLine {
  const members = membersIn(text);
  if (!members) return { faults: [{ kind: 'not_json', detail: `${what} is not a JSON object.` }] };
  const names = Object.keys(members);
  const columns = shapes.find((each) => Object.keys(each).join() === names.join());
  if (!columns) return { faults: [keyFault(names, shapes[0] ?? {}, what)] };
  const faults: Fault[] = [];
  const cells: Record<string, Cell> = {};
  for (const [name, type] of Object.entries(columns)) {
    const cell = cellIn(members[name], type);
    if (cell === undefined)
      faults.push({
        kind: 'wrong_type',
        detail: `${what}: ${name} is ${shown(members, name)}, not a ${type}.`,
      });
    cells[name] = cell ?? null;
  }
  if (faults.length > 0) return { faults };
  if (encoded(columns, cells) !== text)
    return { cells, faults: [{ kind: 'not_canonical', detail: `${what} is not written as its cells are.` }] };
  return { cells, faults };
}

function keyFault(names: readonly string[], columns: Columns, what: string): Fault {
  const wanted = Object.keys(columns);
  const lacking = wanted.filter((name) => !names.includes(name));
  const surplus = names.filter((name) => !wanted.includes(name));
  const told = [
    ...(lacking.length > 0 ? [`lacks ${lacking.join(', ')}`] : []),
    ...(surplus.length > 0 ? [`has ${surplus.join(', ')}`] : []),
  ];
  const detail = `${what} ${told.length > 0 ? told.join(' and ') : 'has its columns in another order'}.`;
  return { kind: 'wrong_keys', detail };
}

/** Undefined: the Hive JSON SerDe would fail on it, or read something else. */
function cellIn(value: unknown, type: CellType): Cell | undefined {
  if (value === null) return null;
  if (type === 'string') return typeof value === 'string' ? value : undefined;
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (type === 'timestamp')
    return typeof value === 'string' && !Number.isNaN(msOfCell(value)) ? value : undefined;
  if (!(value instanceof NumberText)) return undefined;
  if (type === 'double') return Number(value.text);
  const isInteger = /^-?\d{1,20}$/.test(value.text);
  const integer = isInteger ? BigInt(value.text) : undefined;
  return integer !== undefined && BigInt.asIntN(64, integer) === integer ? integer : undefined;
}

function shown(members: Members, name: string): string {
  const value = members[name];
  const text = value instanceof NumberText ? value.text : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
