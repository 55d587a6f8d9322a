/**
 * Which page of the list of integrations is read next, and whether it has come to its end. What is not named by a
 * list that has come to its end is missing, so that an end has to be stated, or seen twice.
 *
 * 1. The first page is asked for, or the one at which an earlier run left off.
 * 2. A page that names a next one is followed, also where it has no rows: the link decides.
 * 3. A page that names none is the end where that is stated: it was reached along `next` and has a `prev`; or it
 *    is the first one and holds fewer than ten rows, which is documented to come without a header. Ten rows
 *    without a header are the end only where they name exactly those that are known.
 * 4. Any other end is a doubt. The page is asked for again: where it names a next one now, on with 2; where it
 *    still names none, it is the end.
 * 5. A cursor that is refused is a doubt, too. The page that named it is asked for again, and on from there; where
 *    what that names is refused as well, under the same cursor or a new one, the page was the last. A cursor that an
 *    earlier run has left is no more: on with the first page.
 * 6. A next page that was followed before, or a hundred pages that name nobody new: the list goes in circles. It
 *    proves nothing.
 */
import { type Cursor, pageSize, type Refused, refused } from '../walk/page.ts';

export interface ListPage {
  readonly rows: number;
  readonly next?: string;
  readonly prev?: string;
  /** It names somebody whom this reading had not named. */
  readonly namesNew: boolean;
  /** This reading has now named all that are known, and nobody else. */
  readonly namesTheKnown: boolean;
}

const maxIdlePages = 100;

export class ListWalk {
  /** The page that is wanted; undefined when the reading is over. */
  #wanted: { readonly cursor: Cursor | null } | undefined;
  /** The page that named the wanted one, where this run has read it. */
  #from: { readonly cursor: Cursor | null } | undefined;
  #isWhole = false;
  #idlePages = 0;
  readonly #followed = new Set<Cursor | null>();
  /** Pages that looked like the end once. */
  readonly #doubted = new Set<Cursor | null>();
  /** Pages that named a cursor that was refused. */
  readonly #misleading = new Set<Cursor | null>();

  /** @param place at which an earlier run left off; null: the beginning. */
  constructor(place: Cursor | null) {
    this.#wanted = { cursor: place };
    this.#followed.add(place);
  }

  get wanted(): { readonly cursor: Cursor | null } | undefined {
    return this.#wanted;
  }

  /** It was read to its end: what it has not named is missing. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Takes in the answer to the page that was wanted. */
  take(answer: ListPage | Refused): void {
    const asked = this.#wanted;
    if (!asked) return;
    if (answer === refused) this.#takeRefusal(asked.cursor);
    else this.#takePage(answer, asked);
  }

  #takePage(page: ListPage, asked: { readonly cursor: Cursor | null }): void {
    this.#idlePages = page.namesNew ? 0 : this.#idlePages + 1;
    if (this.#idlePages >= maxIdlePages) this.#end(false);
    else if (page.next !== undefined) this.#follow(page.next, asked);
    else if (this.#isStatedEnd(page, asked.cursor)) this.#end(true);
    else this.#doubt(asked.cursor);
  }

  #isStatedEnd({ rows, prev, namesTheKnown }: ListPage, cursor: Cursor | null): boolean {
    if (cursor !== null) return prev !== undefined;
    return prev === undefined && (rows < pageSize || namesTheKnown);
  }

  #follow(next: Cursor, from: { readonly cursor: Cursor | null }): void {
    if (this.#followed.has(next)) {
      this.#end(false);
      return;
    }
    this.#followed.add(next);
    this.#from = from;
    this.#wanted = { cursor: next };
  }

  #takeRefusal(cursor: Cursor | null): void {
    const from = this.#from ?? { cursor };
    if (this.#misleading.has(from.cursor)) {
      this.#end(true);
      return;
    }
    this.#misleading.add(from.cursor);
    // It may be named again.
    this.#followed.delete(cursor);
    this.#wanted = this.#from ?? { cursor: null };
  }

  /** It looks like the end: the second time it is. */
  #doubt(cursor: Cursor | null): void {
    if (this.#doubted.has(cursor)) this.#end(true);
    this.#doubted.add(cursor);
  }

  #end(isWhole: boolean): void {
    this.#isWhole = isWhole;
    this.#wanted = undefined;
  }
}
