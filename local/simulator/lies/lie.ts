import type { Answer } from '../answer.ts';
import type { Route } from '../route.ts';

/** A request as the simulated Braze met it. */
export interface MetRequest extends Route {
  /** By its own clock. */
  readonly at: number;
  /** Counts all requests, from 1. */
  readonly ordinal: number;
}

/** Makes of the true answer what is said in its place; the true one where the request is none of its business. */
export type Lie = (answer: Answer, request: MetRequest) => Answer;

/** Nothing comes back: the connection breaks off. */
export const noAnswer: Answer = { status: 0, headers: {}, body: '' };
