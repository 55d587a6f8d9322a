import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { filesBelow, scratchFolder } from '../stores/scratch.ts';
import { endpoint, environment, faultsOf } from './faults.ts';
import { readOptions } from './read-options.ts';

const sentinel = 'sentinel-9d3e';
const webhook = `https://hooks.example.com/services/${sentinel}`;
const program = resolve(import.meta.dirname, '../../../bin/start.ts');

describe('ALERT_WEBHOOK', () => {
  test('is the address of the webhook, without white space around it; an empty one is none', () => {
    const of = (ALERT_WEBHOOK: string) => readOptions([], { ALERT_WEBHOOK }).webhook?.href;
    expect([of(webhook), of(` ${webhook}\n`), of(''), of(' ')]).toEqual([
      webhook,
      webhook,
      undefined,
      undefined,
    ]);
  });

  test.each([sentinel, `ftp://${sentinel}`, `https://${sentinel}:x@a.example`, `https:/ /${sentinel}`])(
    'P12: one like %j is wrong use, told with every other fault, and not repeated',
    (wrong) => {
      const faults = faultsOf([...endpoint, '--deadline', 'soon'], { ...environment, ALERT_WEBHOOK: wrong });
      expect(faults).toHaveLength(2);
      expect(faults[1]).toMatch(/^Error: ALERT_WEBHOOK must .+\.$/);
      expect(faults.join()).not.toContain(sentinel);
    },
  );
});

describe('--test-alert', () => {
  test('needs a webhook, and no key', () => {
    expect(faultsOf(['--test-alert'], {})).toEqual([
      'Error: --test-alert needs ALERT_WEBHOOK, which is not set: set it to the address of the webhook.',
    ]);
    expect(readOptions(['--test-alert', ...endpoint], { ALERT_WEBHOOK: webhook })).toMatchObject({
      testAlert: true,
      workspace: 'default',
    });
  });

  async function sending(status: number, ...options: string[]) {
    const bodies: unknown[] = [];
    const server = createServer(async (request, response) => {
      bodies.push(await json(request));
      response.writeHead(status).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const folder = scratchFolder();
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${sentinel}`;
    const { promise, resolve: end } = Promise.withResolvers<[number, string, string]>();
    execFile(
      process.execPath,
      [program, '--test-alert', ...options],
      { cwd: folder, env: { ...process.env, ALERT_WEBHOOK: address } },
      (error, stdout, stderr) => end([error ? Number(error.code) : 0, stdout, stderr]),
    );
    const [code, stdout, stderr] = await promise;
    expect(stdout + stderr).not.toContain(sentinel);
    return { bodies, code, stdout, stderr, files: filesBelow(folder) };
  }

  test('sends one alert that says that it is a test, and exports nothing', async () => {
    const { bodies, code, stdout, stderr, files } = await sending(200, '--workspace', 'shop');
    expect(bodies).toEqual([
      expect.objectContaining({
        text: expect.stringMatching(/^Test: This is a test/),
        test: true,
        event: 'raised',
        workspace: 'shop',
      }),
    ]);
    expect(stdout).toMatch(/^A test alert has arrived at the webhook\. Its id is [0-9a-f]{32}\.\n$/);
    expect([code, stderr, files]).toEqual([0, '', []]);
  });

  test('that does not arrive ends with 1, says why, and what to do', async () => {
    const { code, stdout, stderr } = await sending(404, '--json');
    expect(stderr).toMatch(
      /^Error: Alerts to the webhook: 1 of 1 have not arrived: it answered 404\.\nCompare ALERT_WEBHOOK .+\.\n$/,
    );
    expect(JSON.parse(stdout)).toMatchObject({
      test: 'alert',
      workspace: 'simulated',
      sent: { webhook: false },
    });
    expect(code).toBe(1);
  });
});
