/** What an alarm says. It is read in a mail or on a phone, by somebody who may never have seen this repository. */

export interface AlarmText {
  /** A sentence: what has happened. */
  readonly means: string;
  /** One that begins with “First”. */
  readonly first: string;
}

/** @param alarm its name in the stack, under which it has a heading in the runbook; a test compares the two. */
export const alarmDescription = (alarm: string, { means, first }: AlarmText): string =>
  `${means} ${first} More in docs/runbook.md#alarm-${alarm.toLowerCase()}.`;
