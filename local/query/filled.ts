import { InvalidArgumentError } from 'commander';

/** The value of an option: an empty one is most often a variable that is not set, and must not mean something else. */
export function filled(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}
