const weekday = '(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? ';
const dateForm = new RegExp(String.raw`^\s*(${weekday}|\d{4}-\d{2}-\d{2}T)`, 'i');

/** A header's date in milliseconds; NaN where it is none: `Date.parse` alone makes a year of `5`. */
export const httpDate = (text: string | null): number =>
  text !== null && dateForm.test(text) ? Date.parse(text) : Number.NaN;
