/** So many of a thing, for a person: `1 line`, `2,000 lines`. */
export const things = (count: number, thing: string): string =>
  `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
