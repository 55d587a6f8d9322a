import type { Equivalent } from '../equivalent.ts';

export const sameLake: readonly Equivalent[] = [];
