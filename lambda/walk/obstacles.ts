/** What keeps a history from becoming whole in a run, in sentences for a person. */
import { patience } from './walk.ts';

export const inCircle =
  'The pages of this integration lead in a circle; what lies behind can not be reached.';
export const standstill = `${patience} pages in a row led no further into the past.`;
export const cutOff = 'Braze gives no way on to the older syncs of this integration.';
export const expired =
  'Braze no longer accepts the place kept from an earlier run, so the walk began anew; ' +
  'history deeper than one run can reach needs a run without a deadline.';
