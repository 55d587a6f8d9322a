/** All that are named as the same program. */
import type { Equivalent } from './equivalent.ts';
import { sameCheckpoint } from './same-program/checkpoint.ts';
import { sameLake } from './same-program/lake.ts';
import { sameRun } from './same-program/run.ts';
import { sameStanding } from './same-program/standing.ts';
import { sameWalk } from './same-program/walk.ts';

export const equivalents: readonly Equivalent[] = [
  ...sameCheckpoint,
  ...sameLake,
  ...sameRun,
  ...sameStanding,
  ...sameWalk,
];
