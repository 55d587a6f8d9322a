import type { Equivalent } from '../equivalent.ts';

export const sameRun: readonly Equivalent[] = [];
