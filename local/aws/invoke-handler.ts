/**
 * What Lambda does with the function, as a process that can be killed and measured:
 * `node invoke-handler.ts EVENT REMAINING [MODULE]` prints the receipt, or the error's message and ends with 1.
 */
import { pathToFileURL } from 'node:url';

const [, , event = '', remaining = '', bundle] = process.argv;
const { handler }: typeof import('../../lambda/handler.ts') =
  bundle === undefined ? await import('../../lambda/handler.ts') : await import(pathToFileURL(bundle).href);
// Lambda does not count what it takes to load the function.
const until = Date.now() + Number(remaining);
try {
  const receipt = await handler(JSON.parse(event), {
    awsRequestId: `request-${process.pid}`,
    getRemainingTimeInMillis: () => until - Date.now(),
  });
  console.log(JSON.stringify(receipt));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  process.exitCode = 1;
}
