/**
 * What Lambda does with the function, as a process that can be killed:
 * `node invoke-handler.ts EVENT REMAINING` prints the receipt, or the error's message and ends with 1.
 */
import { handler } from '../../lambda/handler.ts';

const [, , event = '', remaining = ''] = process.argv;
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
