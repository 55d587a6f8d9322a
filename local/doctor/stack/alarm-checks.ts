import { type Check, failed, ok, warning } from '../../../lambda/doctor/check.ts';
import { setRight } from './set-right.ts';

export interface AlarmSeen {
  readonly name: string;
  readonly description: string;
  readonly isRinging: boolean;
  /** Whether it tells anybody when it rings. */
  readonly tells: boolean;
}

/** @param meant names of those that the stack has made. */
export function alarmChecks(seen: readonly AlarmSeen[], meant: readonly string[]): readonly Check[] {
  const gone = meant.filter((each) => !seen.some(({ name }) => name === each));
  const mute = seen.filter(({ tells }) => !tells);
  const ringing = seen.filter(({ isRinging }) => isRinging);
  return [
    gone.length === 0
      ? ok('found', `all ${meant.length} are there`)
      : failed(
          'found',
          `there is no ${gone.join(', ')} any more`,
          `A deployment of the same does not bring it back, but this does ${setRight}`,
        ),
    mute.length === 0
      ? ok('told', 'each has somebody to tell')
      : warning(
          'told',
          `nobody is told of ${namesOf(mute)}`,
          `Switch its actions on: aws cloudwatch enable-alarm-actions --alarm-names ${mute.map(({ name }) => name).join(' ')}`,
        ),
    ringing.length === 0
      ? ok('quiet', 'none rings')
      : failed(
          'quiet',
          `${namesOf(ringing)} ${ringing.length === 1 ? 'rings' : 'ring'}`,
          `What to do: ${[...new Set(ringing.map(headingOf))].join(', ')}.`,
        ),
  ];
}

const namesOf = (alarms: readonly AlarmSeen[]): string => alarms.map(({ name }) => name).join(', ');

/** Each alarm of the stack names its heading in the runbook. */
const headingOf = ({ description }: AlarmSeen): string =>
  /docs\/runbook\.md#[a-z-]+/.exec(description)?.[0] ?? 'docs/runbook.md#alarms';
