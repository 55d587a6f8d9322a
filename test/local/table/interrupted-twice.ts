/** Preloaded into a command: who presses Ctrl-C once has pressed it twice, before anything could come of the first. */
process.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
