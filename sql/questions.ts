/** The cookbook: what CRM and data people ask. */
import type { Dialect } from './dialect.ts';
import type { Question } from './question.ts';
import { arrival } from './questions/arrival.ts';
import { failures } from './questions/failures.ts';
import { lateness } from './questions/lateness.ts';
import { trust } from './questions/trust.ts';
import { volume } from './questions/volume.ts';

export const questions: readonly Question[] = [...failures, ...lateness, ...arrival, ...volume, ...trust];

export const questionSql = (question: Question, dialect: Dialect): string => question.sql(dialect).trim();
