/** Loaded into a process to be measured: says at its end how much memory it needed at the most. */
let heap = 0;
const sample = () => {
  heap = Math.max(heap, process.memoryUsage().heapUsed);
};
setInterval(sample, 20).unref();
process.on('exit', () => {
  sample();
  const resident = process.resourceUsage().maxRSS / 1024;
  process.stderr.write(
    `peak-memory heap ${Math.round(heap / 1024 / 1024)} resident ${Math.round(resident)}\n`,
  );
});

export {};
