/** The command `npm run doctor`. */
import { writeFile } from 'node:fs/promises';
import { httpTransport } from '../../lambda/braze/http-transport.ts';
import type { Diagnosis } from '../../lambda/doctor/check.ts';
import { type Examination, examine, isSound } from '../../lambda/doctor/examine.ts';
import { goThrough } from '../../lambda/network/proxies.ts';
import { startSystemClock } from '../../lambda/time/system-clock.ts';
import { endingInWords } from '../command/ending.ts';
import { simulatedWords } from '../start/simulated-words.ts';
import { type Choice, explaining } from '../stores/file-error.ts';
import { tryToWrite } from '../stores/try-to-write.ts';
import { type DoctorOptions, readDoctorOptions } from './command-line.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { loadStackDoctor } from './load-stack-doctor.ts';
import { doctorReport } from './report.ts';

/** What the exporter may send a minute, where nobody says otherwise. */
const limits = { list: 50, status: 100 };

const choice: Choice = 'another file with --report';

export async function doctor(commandLine: readonly string[]): Promise<void> {
  await endingInWords(async () => {
    const options = readDoctorOptions(commandLine, process.env);
    goThrough(options.proxies);
    const { json, report } = options;
    // Before a request is sent that would be in vain.
    if (report !== undefined) await tryToWrite(report, choice);
    const { diagnosis, forOthers } = await looked(options);
    console.log(json ? JSON.stringify(diagnosis) : diagnosisText(diagnosis));
    if (report !== undefined) {
      const text = `${JSON.stringify(doctorReport(forOthers), null, 2)}\n`;
      await explaining(report, () => writeFile(report, text), choice);
    }
    process.exitCode = isSound(diagnosis) ? 0 : 1;
  }, 'Error: ');
}

interface Looked {
  readonly diagnosis: Diagnosis;
  readonly forOthers: Examination;
}

async function looked(options: DoctorOptions): Promise<Looked> {
  const { stack, endpoint, json } = options;
  if (stack !== undefined) return ofStack(stack);
  if (endpoint === undefined) (json ? console.error : console.log)(simulatedWords);
  const examination =
    endpoint === undefined ? await ofSimulated(options) : await ofEndpoint(endpoint, options);
  return { diagnosis: examination.diagnosis, forOthers: examination };
}

async function ofStack({ name, workspaces }: NonNullable<DoctorOptions['stack']>): Promise<Looked> {
  const { examineStack, stackClients, namelessDiagnosis, stackDiagnosis } = await loadStackDoctor();
  const findings = await examineStack({ stack: name, workspaces }, stackClients());
  return {
    diagnosis: stackDiagnosis(findings),
    forOthers: { diagnosis: namelessDiagnosis(findings), facts: undefined },
  };
}

function ofEndpoint(endpoint: string, { key, integrations, proxies }: DoctorOptions): Promise<Examination> {
  return examine(
    { endpoint, key, integrations, limits },
    {
      openTransport: (url, text) => httpTransport(url, text, proxies !== undefined),
      clock: startSystemClock(),
      random: Math.random,
    },
  );
}

async function ofSimulated(options: DoctorOptions): Promise<Examination> {
  // A real workspace needs no simulator.
  const { startSimulatedBraze } = await import('../simulator/http.ts');
  const { believableWorld } = await import('../simulator/believable.ts');
  const { allPermissions } = await import('../simulator/permissions.ts');
  const key = 'simulated-key';
  const server = await startSimulatedBraze({ world: believableWorld(), keys: { [key]: allPermissions } });
  try {
    return await ofEndpoint(server.endpoint, { ...options, key: { key } });
  } finally {
    await server.close();
  }
}
