/** `npm run audit`: a lake held against what is promised of it. */
import { enableCompileCache } from 'node:module';

// Before anything else is compiled, as in start.ts.
enableCompileCache();
const { auditCommand } = await import('../audit/command.ts');

process.exitCode = await auditCommand(process.argv.slice(2), process.env);
