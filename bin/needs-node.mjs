/**
 * Loaded before each command: Node 24 comes with `npm ci` by an install script, which `--ignore-scripts` leaves out.
 * An older Node would end with a stack about an unknown file extension. Not in TypeScript, which it could not read.
 *
 * Node keeps what it has compiled from here on. Each command sees to that as well, but too late for its own file: for
 * that alone Node would load what reads TypeScript, 17 MB of it.
 */
import './compile-cache.mjs';

if (!process.features.typescript) {
  console.error(
    `Error: this needs Node 24, and ${process.version} runs it. Node 24 comes with npm ci, unless install scripts ` +
      'are switched off (ignore-scripts): run "npm rebuild node --ignore-scripts=false", or install Node 24 yourself.',
  );
  process.exit(1);
}
