/** Preloaded into the function: its clock is five minutes ahead, longer than a lease runs. */
const now = Date.now.bind(Date);
Date.now = () => now() + 5 * 60_000;

export {};
