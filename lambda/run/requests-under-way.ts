import type { IntegrationRun } from './integration-run.ts';
import type { AnsweredPage } from './request-page.ts';
import type { Answer } from './requester.ts';

/** What came of a request: an answer, or an error. */
export type Arrival =
  | { readonly list: Answer }
  | { readonly listError: unknown }
  | { readonly integration: IntegrationRun; readonly answered: AnsweredPage }
  | { readonly integration: IntegrationRun; readonly error: unknown };

/**
 * The requests of a few integrations, one each, and one of the list's. What comes of them waits here until it is
 * taken: nothing changes behind the back of whoever takes it.
 */
export class RequestsUnderWay {
  readonly #integrations = new Set<IntegrationRun>();
  #hasList = false;
  readonly #arrivals: Arrival[] = [];
  #arrived: () => void = () => {};

  /** Those whose request is under way, or whose answer was not taken yet. */
  get integrations(): ReadonlySet<IntegrationRun> {
    return this.#integrations;
  }

  /** One of the list's is under way, or was not taken yet. */
  get hasList(): boolean {
    return this.#hasList;
  }

  get isEmpty(): boolean {
    return this.#integrations.size === 0 && !this.#hasList;
  }

  add(integration: IntegrationRun, request: Promise<AnsweredPage>): void {
    this.#integrations.add(integration);
    request.then(
      (answered) => this.#arrive({ integration, answered }),
      (error: unknown) => this.#arrive({ integration, error }),
    );
  }

  addList(request: Promise<Answer>): void {
    this.#hasList = true;
    request.then(
      (list) => this.#arrive({ list }),
      (listError: unknown) => this.#arrive({ listError }),
    );
  }

  /** Waits for one to come back: they are taken in the order in which they come. */
  async take(): Promise<Arrival> {
    for (;;) {
      const arrival = this.#arrivals.shift();
      if (arrival) {
        if ('integration' in arrival) this.#integrations.delete(arrival.integration);
        else this.#hasList = false;
        return arrival;
      }
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  #arrive(arrival: Arrival): void {
    this.#arrivals.push(arrival);
    this.#arrived();
  }
}
