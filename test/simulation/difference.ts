/** The lake, or what the exporter says of it, is not what it has to be. */
export class Difference extends Error {
  override readonly name = 'Difference';
}

export function expect(holds: boolean, what: () => string): void {
  if (!holds) throw new Difference(what());
}
