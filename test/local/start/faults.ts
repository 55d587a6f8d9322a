/** Wrong use, fault by fault. */

import { expect } from 'vitest';
import { WrongUse } from '../../../local/command/wrong-use.ts';
import { readOptions } from './read-options.ts';

export const apiKey = '11111111-2222-3333-4444-555555555555';
export const environment = { BRAZE_API_KEY: apiKey };
export const endpoint = ['--endpoint', 'https://rest.fra-01.braze.eu'];

/** A key is set where there is an endpoint, as whoever uses one does: with a key alone, nothing is right. */
const usual = (options: readonly string[]): Record<string, string> =>
  options.some((option) => option.startsWith('--endpoint')) ? environment : {};

/** The faults, one a line, without the last line that names the help. */
export function faultsOf(options: readonly string[], env: Record<string, string> = usual(options)): string[] {
  try {
    readOptions(options, env);
  } catch (error) {
    expect(error).toBeInstanceOf(WrongUse);
    const lines = String(error instanceof Error && error.message).split('\n');
    expect(lines.pop()).toBe('See npm start -- --help.');
    return lines;
  }
  return [];
}
