/** `npm run audit`: a lake held against what is promised of it. */
// Before anything else is compiled.
import './compile-cache.mjs';

const { auditCommand } = await import('../audit/command.ts');

process.exitCode = await auditCommand(process.argv.slice(2), process.env);
