import { type Check, failed, ok } from '../../../lambda/doctor/check.ts';
import { setRight } from './set-right.ts';

export interface ScheduleSeen {
  readonly isEnabled: boolean;
  readonly expression: string;
  /** ARN of what it starts. */
  readonly target: string;
  /** What it hands over. */
  readonly input: string;
  /** ARN. */
  readonly role: string;
  /** When it was last set. */
  readonly changedAt: number;
}

export interface ScheduleMeant {
  readonly workspace: string;
  /** Its name; undefined: the stack has none for this workspace. */
  readonly schedule: string | undefined;
  /** ARN of the function. */
  readonly function: string;
  /** Name of the role. */
  readonly role: string | undefined;
}

const inConsole = 'In EventBridge Scheduler, ';

export function scheduleChecks(seen: ScheduleSeen | undefined, meant: ScheduleMeant): readonly Check[] {
  if (meant.schedule === undefined) return [ok('found', 'none: the workspace is paused')];
  if (!seen) {
    return [
      failed(
        'found',
        `the schedule ${meant.schedule} is gone`,
        `A deployment of the same does not bring it back, but this does ${setRight}`,
      ),
    ];
  }
  return [
    ok('found', seen.expression),
    stateCheck(seen, meant),
    targetCheck(seen, meant),
    roleCheck(seen, meant),
  ];
}

const stateCheck = ({ isEnabled }: ScheduleSeen, { schedule }: ScheduleMeant): Check =>
  isEnabled
    ? ok('state', 'enabled')
    : failed(
        'state',
        'it is disabled, so that no run is started',
        `${inConsole}enable ${schedule}. If the workspace is to rest, set paused for it in cdk.json, and deploy.`,
      );

function targetCheck(seen: ScheduleSeen, meant: ScheduleMeant): Check {
  if (seen.target !== meant.function) {
    return failed(
      'target',
      "it starts something else than the stack's function",
      `${inConsole}set the target of ${meant.schedule} to ${meant.function}.`,
    );
  }
  return workspaceIn(seen.input) === meant.workspace
    ? ok('target', 'the function, with the name of the workspace')
    : failed(
        'target',
        'it hands over something else than the name of the workspace',
        `${inConsole}set the input of ${meant.schedule} to ${JSON.stringify({ workspace: meant.workspace })}.`,
      );
}

function workspaceIn(input: string): unknown {
  try {
    const { workspace, ...rest } = JSON.parse(input);
    return Object.keys(rest).length === 0 ? workspace : undefined;
  } catch {
    return undefined;
  }
}

const roleCheck = ({ role }: ScheduleSeen, meant: ScheduleMeant): Check =>
  meant.role !== undefined && role.endsWith(`/${meant.role}`)
    ? ok('role', "the stack's")
    : failed(
        'role',
        "it is another than the stack's, which alone may start the function",
        `${inConsole}set the execution role of ${meant.schedule} to ${meant.role ?? "the stack's"}.`,
      );
