/** `npm run doctor`: whether the exporter can read a Braze workspace, and how it answers. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { doctor } = await import('../local/doctor/doctor.ts');

await doctor(process.argv.slice(2));
