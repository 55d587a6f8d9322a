/** Which lies there are, and when one is told. */
import type { Answer } from '../answer.ts';
import { emptyPages } from './empty-pages.ts';
import type { LieKind, MetRequest } from './lie.ts';
import { oddRows } from './odd-rows.ts';
import { refusals } from './refusals.ts';
import { shortLists } from './short-lists.ts';

const lies = { ...emptyPages, ...refusals, ...shortLists, ...oddRows };

export type LieName = keyof typeof lies;
export const lieNames = Object.keys(lies) as readonly LieName[];

export function isAboutList(name: LieName): boolean {
  return name in shortLists || name === 'filtered list page';
}

export interface ToldLie {
  readonly name: LieName;
  /** The only integration that it is told of; without it all. Of a lie about the list it says nothing. */
  readonly integrationId?: string;
  /** How many answers that it concerns stay true before it is told. */
  readonly after: number;
  /** How often it is told; null is for ever. */
  readonly times: number | null;
}

/** Tells lies in their time, and counts how often each was told. */
export class Liar {
  readonly #concerned = new Map<ToldLie, number>();
  readonly #told = new Map<LieName, number>();

  /** How often each was told. */
  get told(): ReadonlyMap<LieName, number> {
    return this.#told;
  }

  /** Whether its time has come. */
  hasTold(lie: ToldLie): boolean {
    return (this.#concerned.get(lie) ?? 0) > lie.after;
  }

  answer(truth: Answer, request: MetRequest, told: readonly ToldLie[]): Answer {
    return told.reduce((answer, lie) => this.#tell(answer, request, lie), truth);
  }

  #tell(answer: Answer, request: MetRequest, lie: ToldLie): Answer {
    const { name, integrationId, after, times } = lie;
    const { concerns, tell }: LieKind = lies[name];
    const isOthers = integrationId !== undefined && request.integrationId !== integrationId;
    if (isOthers && !isAboutList(name)) return answer;
    if (!concerns(request, answer)) return answer;
    const concerned = (this.#concerned.get(lie) ?? 0) + 1;
    this.#concerned.set(lie, concerned);
    if (concerned <= after || (times !== null && concerned > after + times)) return answer;
    this.#told.set(name, (this.#told.get(name) ?? 0) + 1);
    return tell(answer);
  }
}
