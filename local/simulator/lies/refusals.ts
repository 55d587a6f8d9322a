/** Answers that refuse an integration, or everything, without a reason. */
import { type Answer, refusal } from '../answer.ts';
import { type LieKind, type MetRequest, noAnswer } from './lie.ts';

const isStatus = ({ kind }: MetRequest): boolean => kind === 'status';
const isAny = (): boolean => true;

/** Beyond what a client waits for an answer. */
const lateMs = 45_000;

export const refusals = {
  /** 404 for an integration that the list names. */
  'not found': { concerns: isStatus, tell: () => refusal(404, 'Invalid URL') },
  unauthorized: { concerns: isStatus, tell: () => refusal(401, 'Invalid API key') },
  forbidden: { concerns: isStatus, tell: () => refusal(403, 'Forbidden') },
  /** 429 for one integration, though the limit is not used up. */
  limited: { concerns: isStatus, tell: () => refusal(429, 'Rate limit exceeded') },
  /** An outage that is told: 503, and how long to wait. */
  unavailable: {
    concerns: isAny,
    tell: (answer) => dated(refusal(503, 'Service unavailable', { 'retry-after': '20' }), answer),
  },
  /** An outage that is not: the connection breaks off. */
  'no answer': { concerns: isAny, tell: () => noAnswer },
  /** The right answer, later than anybody waits. */
  'late answer': { concerns: isAny, tell: (answer) => ({ ...answer, delayMs: lateMs }) },
} as const satisfies Record<string, LieKind>;

function dated(answer: Answer, { headers: { date } }: Answer): Answer {
  return date === undefined ? answer : { ...answer, headers: { ...answer.headers, date } };
}
