import type { Clock } from '../time/clock.ts';
import type { Effects, IntegrationRun } from './integration-run.ts';
import type { Requester } from './requester.ts';

/**
 * Asks for the page that an integration wants, and gives it the answer.
 * @param isListed see {@link IntegrationRun.take}.
 * @returns what the answer brings; undefined where no page was wanted. @throws as {@link Requester.request}
 */
export async function readPage(
  requester: Requester,
  integration: IntegrationRun,
  clock: Clock,
  isListed: boolean,
): Promise<Effects | undefined> {
  const wanted = integration.next();
  if (!wanted) return undefined;
  const { cursor } = wanted;
  integration.willBeAsked(clock.now());
  const path = `/cdi/integrations/${encodeURIComponent(integration.id)}/job_sync_status`;
  const { answer, askedAt } = await requester.request({ endpoint: 'status', path, cursor });
  return integration.take(answer, { cursor, askedAt, now: clock.now(), isListed });
}
