/** What the stack tells the function that writes reports: set by `lib/`, read by `report/scheduled/`. */
import * as z from 'zod';

/** Names of its environment variables. */
export const reportVariables = {
  bucket: 'LAKE_BUCKET',
  /** ARN of the topic on which reports are announced; none: they are not. */
  topic: 'ANNOUNCE_TO',
} as const;

/** The event of its schedule. All workspaces stand in one: the environment is too small for the names of many. */
export interface ReportEvent {
  readonly workspaces: readonly ReportedWorkspace[];
}

export interface ReportedWorkspace {
  readonly name: string;
  /** Host of its dashboard in Braze. */
  readonly dashboard?: string | undefined;
}

const event: z.ZodType<ReportEvent> = z
  .object({
    workspaces: z
      .array(z.object({ name: z.string().min(1), dashboard: z.string().min(1).optional() }).strict())
      .min(1),
  })
  .strict();

/** Undefined: it is none. */
export const readReportEvent = (given: unknown): ReportEvent | undefined => event.safeParse(given).data;
