/** What a text is shown on: how wide it is, and whether it has colours. */
import { styleText } from 'node:util';

export type Colour = 'green' | 'yellow' | 'red' | 'cyan' | 'dim';

export interface Screen {
  /** In columns; undefined where there is no terminal: there everything is whole. */
  readonly width: number | undefined;
  paint(colour: Colour, text: string): string;
}

/** Some pseudo-terminals say that they have no columns. */
const usualWidth = 80;

/** NO_COLOR and FORCE_COLOR are Node's to heed. */
export const screenOf = (stream: NodeJS.WriteStream): Screen => ({
  width: stream.isTTY ? stream.columns || usualWidth : undefined,
  paint: (colour, text) => styleText(colour, text, { stream }),
});

/** A pipe or a file. */
export const plainScreen: Screen = { width: undefined, paint: (_, text) => text };
