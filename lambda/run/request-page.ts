import type { Cursor } from '../walk/page.ts';
import type { IntegrationRun } from './integration-run.ts';
import type { Answered, Requester } from './requester.ts';

/** An answer, with the cursor that it was asked for with. */
export interface AnsweredPage extends Answered {
  readonly cursor: Cursor | null;
}

/**
 * Asks for the page that an integration wants. The answer is not given to it here.
 * @param hasOthers whether others could be asked in its place.
 * @throws as {@link Requester.request}
 */
export async function requestPage(
  requester: Requester,
  integration: IntegrationRun,
  cursor: Cursor | null,
  hasOthers: () => boolean,
): Promise<AnsweredPage> {
  const path = `/cdi/integrations/${encodeURIComponent(integration.id)}/job_sync_status`;
  const onSend = (now: number) => integration.isBeingAsked(now);
  const onLimited = () => integration.wasLimited(false);
  const answered = await requester.request({
    endpoint: 'status',
    path,
    cursor,
    hasOthers,
    onSend,
    onLimited,
  });
  return { ...answered, cursor };
}
