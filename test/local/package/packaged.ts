/** The template of the package, of what is synthesized without a bundle. */
import type { SyncHistoryConfiguration } from '../../../lib/configuration/configuration.ts';
import { marked } from '../../../local/package/marks.ts';
import { type Synthesized, templateWithParameters } from '../../../local/package/template.ts';
import { templateOf } from '../../lib/synthesize.ts';

export function packaged(configuration: SyncHistoryConfiguration) {
  const { configuration: withMarks, marks } = marked(configuration);
  const synthesized = templateOf(withMarks).toJSON() as Synthesized;
  return templateWithParameters(synthesized, marks, configuration, 'code/1.zip');
}
