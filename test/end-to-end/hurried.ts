/**
 * Preloaded into the command: a minute of its time takes a second, so that a test need not sit through the wait that
 * follows a run which was killed.
 */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const speed = 60;
const counted = performance.now.bind(performance);
performance.now = () => counted() * speed;

const after = timers.setTimeout.bind(timers);
timers.setTimeout = (milliseconds = 0, ...rest) => after(milliseconds / speed, ...rest);
syncBuiltinESMExports();
