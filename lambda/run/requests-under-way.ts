import type { IntegrationRun } from './integration-run.ts';
import type { AnsweredPage } from './request-page.ts';

/** What came of a request: an answer, or an error. */
export type Arrival =
  | { readonly integration: IntegrationRun; readonly answered: AnsweredPage }
  | { readonly integration: IntegrationRun; readonly error: unknown };

/**
 * The requests of a few integrations, one each. What comes of them waits here until it is taken: nothing changes
 * behind the back of whoever takes it.
 */
export class RequestsUnderWay {
  readonly #integrations = new Set<IntegrationRun>();
  readonly #arrivals: Arrival[] = [];
  #arrived: () => void = () => {};

  /** Those whose request is under way, or whose answer was not taken yet. */
  get integrations(): ReadonlySet<IntegrationRun> {
    return this.#integrations;
  }

  add(integration: IntegrationRun, request: Promise<AnsweredPage>): void {
    this.#integrations.add(integration);
    const arrive = (arrival: Arrival) => {
      this.#arrivals.push(arrival);
      this.#arrived();
    };
    request.then(
      (answered) => arrive({ integration, answered }),
      (error: unknown) => arrive({ integration, error }),
    );
  }

  /** Waits for one to come back: they are taken in the order in which they come. */
  async take(): Promise<Arrival> {
    for (;;) {
      const arrival = this.#arrivals.shift();
      if (arrival) {
        this.#integrations.delete(arrival.integration);
        return arrival;
      }
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }
}
