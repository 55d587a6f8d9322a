/** The last so many days of a report, to choose among: without a script, by a radio button and the style sheet. */
import { html, type Markup } from '../markup/html.ts';

const choices: readonly number[] = [7, 30, 90, 365];

/** @param days those of the report: nothing older is on the page. */
export const windowsOf = (days: number): number[] => [...choices.filter((choice) => choice < days), days];

export function chooseWindow(anchor: string, days: number): Markup {
  const windows = windowsOf(days);
  if (windows.length === 1) return html`<p class="aside">The last ${windowName(days)}.</p>`;
  return html`<fieldset class="windows"><legend>Figures and incidents of the last</legend>${windows.map(
    (each, index) =>
      html` <label><input type="radio" name="${anchor}-window" class="window-${index}"${index === 0 && html` checked`}> ${windowName(each)}</label>`,
  )}</fieldset>`;
}

/** `within-1`: in the second window and all larger ones. */
export function withinClass(day: string, days: number, daysBefore: (count: number) => string): string {
  const index = windowsOf(days).findIndex((each) => day >= daysBefore(each - 1));
  return `within-${index < 0 ? windowsOf(days).length - 1 : index}`;
}

export function windowName(days: number): string {
  if (days === 365) return 'year';
  return days === 1 ? 'day' : `${days} days`;
}
