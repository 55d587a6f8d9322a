/** What the doctor asks Braze, in which order, and what came of it. What it means is judged elsewhere. */
import { membersOf, type Sourced, stringOf } from '../rows/json-source.ts';
import type { Answered, Asked, Asking } from './asking.ts';
import { cursorAt, kindOfCursor } from './cursor-facts.ts';

const mostListPages = 3;
/** Integrations whose newest rows are looked at. */
const mostHeads = 5;
/** What no cursor of an offset reaches. */
const farBeyond = 900_000_000;
/** Nobody has this one. */
const strangersId = '00000000-0000-4000-8000-000000000000';

export interface Head {
  readonly id: string;
  readonly asked: Asked;
}

export interface Sightings {
  /** Pages of the list, in order; none where the integrations are named by hand. */
  readonly list: readonly Asked[];
  /** The first pages of some histories. */
  readonly heads: readonly Head[];
  /** An integration that nobody has. */
  readonly stranger: Asked;
  /** The second page of a history that has one, and what lies around it. */
  readonly second?: Asked;
  /** The first page again, by the `prev` of the second. */
  readonly back?: Asked;
  /** Past the end of that history, where its cursors can be written by hand. */
  readonly beyond?: Asked;
  /** From the tenth row on, of a history whose first page is full and names no other. */
  readonly hidden?: Asked;
}

export const isPage = (asked: Asked | undefined): asked is Page =>
  asked?.kind === 'answered' && asked.answer.kind === 'page';

export type Page = Answered & { readonly answer: Extract<Answered['answer'], { kind: 'page' }> };

const statusPath = (id: string): string => `/cdi/integrations/${encodeURIComponent(id)}/job_sync_status`;

export async function look(asking: Asking, named: readonly string[] | undefined): Promise<Sightings> {
  const list = named ? [] : await readList(asking);
  const stranger = await asking.ask('status', statusPath(strangersId));
  const heads: Head[] = [];
  for (const id of (named ?? idsOf(list)).slice(0, mostHeads))
    heads.push({ id, asked: await asking.ask('status', statusPath(id)) });
  return { list, stranger, heads, ...(await lookAround(asking, heads)) };
}

async function readList(asking: Asking): Promise<Asked[]> {
  const pages: Asked[] = [];
  for (let cursor: string | undefined; pages.length < mostListPages; ) {
    const page = await asking.ask('list', '/cdi/integrations', cursor);
    pages.push(page);
    cursor = isPage(page) ? page.answer.links.next : undefined;
    if (!cursor) break;
  }
  return pages;
}

/** Those that have run last stand first: their histories tell most. */
function idsOf(list: readonly Asked[]): string[] {
  const found = list.flatMap((page) => (isPage(page) ? page.answer.results : [])).map(placeOf);
  const known = found.filter(({ id }) => id !== '');
  return known.sort((a, b) => b.start.localeCompare(a.start)).map(({ id }) => id);
}

const placeOf = (row: Sourced): { readonly id: string; readonly start: string } => ({
  id: textIn(row, 'integration_id'),
  start: textIn(row, 'last_job_start_time'),
});

function textIn(row: Sourced, name: string): string {
  const value = row.isTooDeep ? undefined : membersOf(row)?.get(name);
  return (value && stringOf(value)) ?? '';
}

type Around = Pick<Sightings, 'second' | 'back' | 'beyond' | 'hidden'>;

async function lookAround(asking: Asking, heads: readonly Head[]): Promise<Around> {
  const pages = heads.flatMap(({ id, asked }) =>
    isPage(asked) ? [{ path: statusPath(id), page: asked }] : [],
  );
  const linked = pages.find(({ page }) => page.answer.links.next);
  if (linked) return await lookBehind(asking, linked.path, linked.page.answer.links.next ?? '');
  const full = pages.find(({ page }) => page.answer.results.length >= 10);
  return full ? { hidden: await asking.ask('status', full.path, cursorAt(10)) } : {};
}

async function lookBehind(asking: Asking, path: string, next: string): Promise<Around> {
  const second = await asking.ask('status', path, next);
  const prev = isPage(second) ? second.answer.links.prev : undefined;
  return {
    second,
    ...(prev ? { back: await asking.ask('status', path, prev) } : {}),
    ...(kindOfCursor(next) === 'offset'
      ? { beyond: await asking.ask('status', path, cursorAt(farBeyond)) }
      : {}),
  };
}
