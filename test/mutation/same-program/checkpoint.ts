import type { Equivalent } from '../equivalent.ts';

export const sameCheckpoint: readonly Equivalent[] = [];
