/** The command line asks for nothing that can be done: exit code 2, and nothing was read. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
