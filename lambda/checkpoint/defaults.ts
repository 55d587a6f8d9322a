/**
 * Every run writes the record of every integration, and the table's price is by the kilobyte begun: what is as for an
 * integration of which nothing is known yet is left out when it is written, and put back when it is read.
 */
import { isDeepStrictEqual } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

/** @returns the fields that differ from their defaults; of objects in objects, too. */
export function withoutDefaults(data: Fields, defaults: Fields): Fields {
  const differing = Object.entries(data).flatMap(([name, value]) => {
    const usual = defaults[name];
    // Most are plain values, and all records are written in each run.
    if (value === usual || (isObject(value) && isDeepStrictEqual(value, usual))) return [];
    return [[name, isFields(value) && isFields(usual) ? withoutDefaults(value, usual) : value]];
  });
  return Object.fromEntries(differing);
}

/** Puts back what {@link withoutDefaults} has left out. */
export function withDefaults(data: Fields, defaults: Fields): Fields {
  const usual = Object.entries(defaults).map(([name, value]) => {
    const found = data[name];
    if (found === undefined) return [name, value];
    return [name, isFields(found) && isFields(value) ? withDefaults(found, value) : found];
  });
  return { ...data, ...Object.fromEntries(usual) };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export function isFields(value: unknown): value is Fields {
  return isObject(value) && !Array.isArray(value);
}
