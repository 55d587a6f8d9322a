/** Categories in the order in which they are looked at. What needs one that has failed is not looked at. */
import { broken, type Category, type Check, hasFailed, skipped } from '../../../lambda/doctor/check.ts';

/** Of the workspace that it is about; undefined: of the stack. */
export type Finding = Category & { readonly workspace: string | undefined };

export class Findings {
  readonly #workspace: string | undefined;
  /** Names of categories, and of single checks: `function found`. */
  readonly #failures: Set<string>;
  readonly all: Finding[] = [];

  /** @param before what has failed before. */
  constructor(workspace?: string, before: ReadonlySet<string> = new Set()) {
    this.#workspace = workspace;
    this.#failures = new Set(before);
  }

  /** What is found out about one workspace, on top of what was found so far. */
  of(workspace: string): Findings {
    return new Findings(workspace, this.#failures);
  }

  /** @param needs names of categories, or of single checks. */
  async look(
    name: string,
    needs: readonly string[],
    check: () => Promise<readonly Check[]> | readonly Check[],
  ): Promise<void> {
    const missing = this.missing(needs);
    if (missing !== undefined) this.add(name, [skipped(name, `${missing} comes first`)]);
    else this.add(name, await careful(name, check));
  }

  add(name: string, checks: readonly Check[]): void {
    if (hasFailed(checks)) this.#failures.add(name);
    for (const each of checks) if (each.result === 'failed') this.#failures.add(`${name} ${each.name}`);
    this.all.push({ name, workspace: this.#workspace, checks });
  }

  /** The first of them that has failed. */
  missing(needs: readonly string[]): string | undefined {
    return needs.find((each) => this.#failures.has(each));
  }
}

async function careful(
  name: string,
  check: () => Promise<readonly Check[]> | readonly Check[],
): Promise<readonly Check[]> {
  try {
    return await check();
  } catch (error) {
    return [broken(name, error)];
  }
}
