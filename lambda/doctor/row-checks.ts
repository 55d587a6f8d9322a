/** Whether the rows can be placed and typed. */
import { type Check, failed, ok, skipped, warning } from './check.ts';
import { fieldsOf, orderOf, placedOf, syncFields, unknownFields, wordsOf } from './row-facts.ts';
import { isPage, type Page, type Sightings } from './sightings.ts';

const send = 'Send this to the project with --report';

export function rowChecks({ heads, second }: Sightings): Check[] {
  const pages = heads.flatMap(({ id, asked }) => (isPage(asked) ? [{ id, page: asked }] : []));
  const all = [...pages, ...(isPage(second) ? [{ id: '', page: second }] : [])];
  const sent = all.reduce((sum, { page }) => sum + page.answer.results.length, 0);
  if (sent === 0) return [skipped('placed', 'no history has a row')];
  const placed = all.flatMap(({ id, page }) => placedOf(id, page));
  return [placedCheck(sent, placed.length), orderCheck(pages), typedCheck(placed), statusCheck(all)];
}

function placedCheck(sent: number, placed: number): Check {
  if (placed === sent) return ok('placed', 'every row has a start');
  if (placed > 0)
    return warning(
      'placed',
      'some rows have no start that can be read',
      `They are kept in the quarantine, and the rest is exported. ${send}.`,
    );
  return failed(
    'placed',
    'no row has a start that can be read',
    `sync_start_time must be an ISO 8601 time, not before 2022 nor in the future: look at the clock of this machine. ${send}.`,
  );
}

function orderCheck(pages: readonly { readonly id: string; readonly page: Page }[]): Check {
  const orders = new Set(
    pages.flatMap(({ id, page }) => orderOf(placedOf(id, page).map(({ start }) => start)) ?? []),
  );
  const [order] = orders;
  if (!order) return skipped('order', 'too few rows to tell');
  if (orders.size === 1 && order !== 'unordered') return ok('order', order.replace('_', ' '));
  return warning(
    'order',
    'the rows are not sorted by their start',
    'The exporter reads each history as a whole in each run: lower the pace of the schedule where that is too much.',
  );
}

function typedCheck(placed: ReturnType<typeof placedOf>): Check {
  if (placed.every(({ line }) => JSON.parse(line).problems === null)) return ok('typed', 'every field');
  return warning(
    'typed',
    'some fields are of another type than documented',
    `They are null in the tables, and whole in the column raw. ${send}.`,
  );
}

const known = ['running', 'success', 'partial', 'error', 'config_error'];

function statusCheck(all: readonly { readonly page: Page }[]): Check {
  const rows = all.flatMap(({ page }) => fieldsOf(page));
  const others = wordsOf(rows, 'job_status').filter((word) => !known.includes(word));
  const fields = unknownFields(rows, syncFields);
  if (others.length === 0 && fields.length === 0) return ok('words', 'all of them documented');
  return warning(
    'words',
    others.length > 0 ? 'a job_status that nobody has told of' : 'fields that nobody has told of',
    `Nothing is lost: the column raw keeps them. ${send}, so that it can be told of.`,
  );
}
