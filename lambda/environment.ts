/** What the stack tells the function: written by `lib/`, read by the handler. */
import * as z from 'zod';

/** Names of the function's environment variables. */
export const variables = {
  bucket: 'LAKE_BUCKET',
  table: 'CHECKPOINT_TABLE',
  /** JSON: {@link WorkspaceSettings} by workspace. */
  workspaces: 'WORKSPACES',
} as const;

const settings = z
  .object({
    /** Base URL of the Braze instance. */
    endpoint: z.url(),
    /** Name or ARN of the secret whose whole string is the key. */
    secret: z.string().min(1),
    /** Only these; without it, all that the list endpoint names. */
    integrations: z.array(z.string().min(1)).min(1).optional(),
    /** Budget of the status endpoint. */
    requestsPerMinute: z.number().int().positive(),
    /** Budget of the list endpoint. */
    listRequestsPerMinute: z.number().int().positive(),
  })
  .strict();

const schema = z.object({
  [variables.bucket]: z.string().min(1),
  [variables.table]: z.string().min(1),
  [variables.workspaces]: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(z.record(z.string(), settings)),
});

export type WorkspaceSettings = z.infer<typeof settings>;

export interface Environment {
  readonly bucket: string;
  readonly table: string;
  readonly workspaces: Readonly<Record<string, WorkspaceSettings>>;
}

/** @throws {Error} naming the variables that are missing or wrong: only a deployment by other means than the stack has that. */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`The function's environment is not as the stack sets it: ${faults.join('; ')}.`);
  }
  const { data } = parsed;
  return {
    bucket: data[variables.bucket],
    table: data[variables.table],
    workspaces: data[variables.workspaces],
  };
}
