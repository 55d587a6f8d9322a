/** An alert in words, for a mail, a short message and a chat. */
import type { Alert } from './alert.ts';
import { asciiOnly, harmlessInChat } from './text.ts';

/** SNS takes “less than 100 characters”, and ASCII without line breaks alone. */
const longestSubject = 99;
/** A short message holds 160 characters, of which SNS may take some for the sender. */
const longestSms = 140;

export const subjectOf = (alert: Alert): string => asciiShortened(headlineOf(alert), longestSubject);

export const smsOf = (alert: Alert): string => asciiShortened(`Braze CDI: ${headlineOf(alert)}`, longestSms);

export const mailOf = (alert: Alert): string =>
  [alert.summary, ...numbered(alert.next_steps), linksOf(alert).join('\n'), `Incident ${alert.id}`].join(
    '\n\n',
  );

/** For an app that shows `text` alone. */
export const chatTextOf = (alert: Alert): string =>
  harmlessInChat(
    [headlineOf(alert), ...alert.next_steps.map((step) => `- ${step}`), ...linksOf(alert)].join('\n'),
  );

/** The summary, with what it is in front; of one that is over, it says so itself. */
export function headlineOf({ test, event, severity, summary }: Alert): string {
  if (test) return `Test: ${summary}`;
  if (event === 'resolved') return summary;
  return `${severity === 'critical' ? 'Critical' : 'Warning'}: ${summary}`;
}

const numbered = (steps: readonly string[]): string[] =>
  steps.length === 0
    ? []
    : [['What to do:', ...steps.map((step, index) => `${index + 1}. ${step}`)].join('\n')];

export const linksOf = ({ links: { braze, runbook } }: Alert): string[] => [
  ...(braze === null ? [] : [`In Braze: ${braze}`]),
  `Runbook: ${runbook}`,
];

/** What has no likeness may become longer: it is cut afterwards. */
function asciiShortened(text: string, longest: number): string {
  const ascii = asciiOnly(text);
  return ascii.length <= longest ? ascii : `${ascii.slice(0, longest - 3)}...`;
}
