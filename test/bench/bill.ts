/** What a wall of charts costs on Athena, from the requests and bytes of a question. */
import type { Cost } from './lake-on-trino.ts';

/** In us-east-1: of a listing, of a read, and of a megabyte scanned, of which a query pays ten at the least. */
const [listing, read, scanned, leastScanned] = [0.005 / 1000, 0.0004 / 1000, 5 / 1e6, 10];

/** Six charts on a wall, drawn every quarter of an hour, for a month. */
const [charts, drawings] = [6, 96 * 30];

/** @returns USD a month, where each of the charts asks this question. */
export const billOf = ({ lists, gets, megabytes }: Pick<Cost, 'lists' | 'gets' | 'megabytes'>): number =>
  charts * drawings * (lists * listing + gets * read + Math.max(megabytes, leastScanned) * scanned);
