import { InvalidArgumentError } from 'commander';

/** The value of an option: an empty one is most often a variable that is not set, and must not mean something else. */
export function filled(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

/** `s3://BUCKET`, which `npm start` alone takes, would become a folder named `s3:`. */
export const isAddress = (text: string): boolean => /^[a-z][a-z\d+.-]+:\/\//i.test(text);

/** The value of an option that names a file or folder. */
export function onThisDisk(text: string): string {
  if (isAddress(text)) throw new InvalidArgumentError('It has to be a place on this disk.');
  return filled(text);
}
