import type { Equivalent } from '../equivalent.ts';

export const sameStanding: readonly Equivalent[] = [];
