/** Finds the Python that the local AWS needs. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LocalAwsFailure } from './local-aws-failure.ts';

export interface Python {
  readonly command: string;
  /** Such as `3.11`. An environment made with one does not work with another. */
  readonly version: string;
}

/** The lists of packages have none of those that stand in for what an older one lacks. */
const oldest = 11;
const question = 'import sys; print("%d.%d" % sys.version_info[:2]); import venv, ensurepip';
const howToInstall =
  'Install it (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python), then run this again.';

/** @throws {LocalAwsFailure} where it is missing, too old, or without what it takes to make an environment. */
export async function findPython(path = process.env.PATH): Promise<Python> {
  const command = 'python3';
  const { stdout, complete } = await promisify(execFile)(command, ['-c', question], {
    env: { ...process.env, PATH: path },
  }).then(
    (answer) => ({ ...answer, complete: true }),
    // The version comes first, and is told even where the rest fails.
    (failure: { stdout?: string }) => ({ stdout: failure.stdout ?? '', complete: false }),
  );
  const [version, minor] = /^3\.(\d+)/.exec(stdout) ?? [];
  const wanted = `The local AWS needs Python 3.${oldest} or newer, with venv, as the command ${command}`;
  if (!version) throw new LocalAwsFailure(`${wanted}; there is none. ${howToInstall}`);
  if (Number(minor) < oldest) throw new LocalAwsFailure(`${wanted}; this one is ${version}. ${howToInstall}`);
  if (!complete) throw new LocalAwsFailure(`${wanted}; this one has no venv. ${howToInstall}`);
  return { command, version };
}
