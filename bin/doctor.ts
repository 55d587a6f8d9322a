/** `npm run doctor`: whether the exporter can read a Braze workspace, and how it answers. */
import { enableCompileCache } from 'node:module';

// Before anything else is compiled, as in start.ts.
enableCompileCache();
const { doctor } = await import('../local/doctor/doctor.ts');

await doctor(process.argv.slice(2));
