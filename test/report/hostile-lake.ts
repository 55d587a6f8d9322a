import { coverage, integration, sync } from '../sql/lines.ts';
import { dayMs, type ModelLake, minuteMs } from '../sql/model/lake.ts';
import { now } from './report-of.ts';

/** The same lake for as many texts, but for those texts, which stand wherever one from outside can. */
export function hostileLake(texts: readonly string[]): Partial<ModelLake> {
  return {
    integrations: texts.map((text, index) =>
      integration({ id: `${index} ${text}`, name: text, type: text, status: text }),
    ),
    syncs: texts.flatMap((text, index) => [
      sync({ id: `${index} ${text}`, start: now - 3 * dayMs }),
      sync({ id: `${index} ${text}`, start: now - dayMs, status: text, raw: text }),
    ]),
    coverage: texts.map((text, index) =>
      coverage({
        id: `${index} ${text}`,
        from: now - 3 * dayMs,
        to: now - minuteMs,
        checkedAt: now - minuteMs,
        state: 'failing',
        failure: text,
        rowOrder: text,
      }),
    ),
    quarantine: texts.map((text) => ({ workspace: 'a', integration_id: text, reason: text, raw: text })),
  };
}
