/** `1,234,567`. */
export const count = (number: number): string => number.toLocaleString('en');

/** `1 row`, `1,200 rows`. */
export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;
