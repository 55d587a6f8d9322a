/** What the stack tells the function: written by `lib/`, read by the handler. */
import * as z from 'zod';

/** Names of the function's environment variables. */
export const variables = {
  bucket: 'LAKE_BUCKET',
  table: 'CHECKPOINT_TABLE',
  /** JSON: {@link WorkspaceSettings} by workspace. */
  workspaces: 'WORKSPACES',
  /** In its place, where that is too long: ARN of a secret that holds it. */
  workspacesSecret: 'WORKSPACES_SECRET',
  /** JSON: {@link AlertsEnvironment}. */
  alerts: 'ALERTS',
  /** The first day that the tables show in Athena, `YYYY-MM-DD`. */
  firstDay: 'FIRST_DAY',
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
    /** Ids of integrations of which nobody is told. */
    muted: z.array(z.string().min(1)).min(1).optional(),
    /** Host of the workspace's dashboard in Braze. */
    dashboard: z.string().min(1).optional(),
  })
  .strict();

const alerts = z
  .object({
    /** ARN of the topic. */
    topic: z.string().min(1),
    /** From which share of refused rows on a sync that was `partial` is no success. */
    refusedShare: z.number().min(0).max(1),
    /** How long after its time a sync is awaited at the least. */
    lateGraceMinutes: z.number().positive().optional(),
    /** Whether each sync that finishes is an event. */
    finishedSyncs: z.boolean(),
  })
  .strict();

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});

const allSettings = json.pipe(z.record(z.string(), settings));

const schema = z
  .object({
    [variables.bucket]: z.string().min(1),
    [variables.table]: z.string().min(1),
    [variables.workspaces]: allSettings.optional(),
    [variables.workspacesSecret]: z.string().min(1).optional(),
    [variables.alerts]: json.pipe(alerts),
    [variables.firstDay]: z.iso.date(),
  })
  .refine(
    (read) => (read[variables.workspaces] === undefined) !== (read[variables.workspacesSecret] === undefined),
    {
      message: 'one of it and WORKSPACES_SECRET must be set',
      path: [variables.workspaces],
      when: () => true,
    },
  );

export type WorkspaceSettings = z.infer<typeof settings>;
export type AlertsEnvironment = z.infer<typeof alerts>;

export interface Environment {
  readonly bucket: string;
  readonly table: string;
  /** By workspace, or the ARN of the secret that holds them. */
  readonly workspaces:
    | { readonly settings: Readonly<Record<string, WorkspaceSettings>> }
    | { readonly inSecret: string };
  readonly alerts: AlertsEnvironment;
  readonly firstDay: string;
}

/** @param options.anew whatever is kept. */
export type ReadWorkspaces = (options: {
  readonly anew: boolean;
}) => Promise<Readonly<Record<string, WorkspaceSettings>>>;

/** @throws {Error} as {@link readEnvironment} */
export function readWorkspaces(text: string): Readonly<Record<string, WorkspaceSettings>> {
  const parsed = allSettings.safeParse(text);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The settings of the workspaces are not as the stack sets them: ${faults.join('; ')}.`);
}

/** @throws {Error} naming the variables that are missing or wrong: only a deployment by other means than the stack has that. */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`The function's environment is not as the stack sets it: ${faults.join('; ')}.`);
  }
  const { data } = parsed;
  const inEnvironment = data[variables.workspaces];
  return {
    bucket: data[variables.bucket],
    table: data[variables.table],
    workspaces: inEnvironment
      ? { settings: inEnvironment }
      : { inSecret: data[variables.workspacesSecret] ?? '' },
    alerts: data[variables.alerts],
    firstDay: data[variables.firstDay],
  };
}
