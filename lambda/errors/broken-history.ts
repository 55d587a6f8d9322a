import { ExporterError } from './exporter-error.ts';

/**
 * What this program remembers of an integration contradicts itself: a fault of this program. The run holds that
 * integration back, so that the checkpoint stays as it was, says why, and goes on with the others.
 */
export class BrokenHistory extends ExporterError {
  override readonly name = 'BrokenHistory';
  override readonly isForPeople = false;
  /** @param invariant what does not hold. */
  constructor(integrationId: string, invariant: string) {
    super(
      `The history of integration ${integrationId} contradicts itself: it is not so that ${invariant}. ` +
        'That is a fault of this program: report it. What was read of that integration is not kept; if it ' +
        'happens in every run, move its checkpoint record away, and its history is read again.',
    );
  }
}
