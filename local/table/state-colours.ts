/** The words that tell how something stands, wherever they are the whole of a cell. */
import type { Colour, Screen } from './screen.ts';

const colours: Readonly<Record<string, Colour>> = {
  success: 'green',
  healthy: 'green',
  complete: 'green',
  partial: 'yellow',
  running: 'cyan',
  backfilling: 'cyan',
  error: 'red',
  config_error: 'red',
  failing: 'red',
  late: 'red',
  'still open': 'red',
  paused: 'dim',
  gone: 'dim',
};

export function paintedState(text: string, screen: Screen): string {
  const colour = Object.hasOwn(colours, text) ? colours[text] : undefined;
  return colour ? screen.paint(colour, text) : text;
}
