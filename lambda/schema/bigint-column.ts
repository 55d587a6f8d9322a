/** Whether a column of the type bigint holds it: 64 bits, with a sign. */
export const fitsBigint = (value: bigint): boolean => BigInt.asIntN(64, value) === value;
