import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { planSchema } from '../../functions/domain/tenant/plan';
import { connectionSchema, type Connection } from '../../local/connection';
import type { InboxMessage } from '../../local/inbox/message';

jest.setTimeout(60_000);

const projectFolder = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'local-start-'));
const dataFolder = join(folder, 'data');
const socketsFile = join(folder, 'sockets');

interface Started {
  readonly process: ChildProcessWithoutNullStreams;
  readonly output: () => string;
  readonly problems: () => string;
  readonly exited: Promise<number | null>;
}

const everyProcess: Started[] = [];

/** Runs `npm start` and records every socket. */
function npmStart(environment: Record<string, string> = {}): Started {
  const child = spawn(
    process.execPath,
    ['--require', 'tsx/cjs', '--require', './test/local/fixtures/watch-sockets.cjs', 'bin/local.ts'],
    {
      cwd: projectFolder,
      env: { ...process.env, PORT: '0', LOCAL_DATA_DIR: dataFolder, SOCKETS_FILE: socketsFile, ...environment },
    },
  );
  let output = '';
  let problems = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const started = { process: child, output: () => output, problems: () => problems, exited };
  everyProcess.push(started);
  return started;
}

async function ready(started: Started): Promise<Connection> {
  while (!started.output().includes('Ctrl+C')) {
    if (started.process.exitCode !== null) throw new Error(`The local run ended early: ${started.problems()}`);
    await sleep(20);
  }
  return connectionSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'connection.json'), 'utf8')));
}

/** Sends the request of the curl command that the terminal shows. */
async function sendShownCurl(output: string): Promise<Response> {
  const [, url] = /(http:\S+\/runs)$/m.exec(output)!;
  const [, body] = /-d '(.+)'/.exec(output)!;
  const headers = [...output.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name, value]): [string, string] => [
    name!,
    value!,
  ]);
  return fetch(url!, { method: 'POST', body: body!, headers });
}

async function runWithStatus(connection: Connection, id: number, status: string): Promise<unknown> {
  for (;;) {
    const answer = await fetch(`${connection.api_url}/api/v1/workflow-runs/${id}`, {
      headers: { authorization: `Bearer ${connection.tenants['pro']!.rest_token}` },
    });
    const run = (await answer.json()) as { status: string };
    if (run.status === status) return run;
    await sleep(50);
  }
}

async function verifiedMessage(connection: Connection): Promise<InboxMessage> {
  for (;;) {
    const messages = (await (await fetch(`${connection.inbox_url}/messages`)).json()) as InboxMessage[];
    if (messages[0]) return messages[0];
    await sleep(50);
  }
}

afterAll(async () => {
  for (const { process: child, exited } of everyProcess) {
    child.kill('SIGKILL');
    await exited;
  }
  rmSync(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  let first: Started;
  let second: Started;
  let connection: Connection;

  it('starts the product and says what to do first', async () => {
    first = npmStart();
    connection = await ready(first);

    expect(first.output()).toContain(`${connection.api_url}/api/v1/reference`);
    expect(first.output()).toContain(connection.tenants['pro']!.rest_token);
    expect(statSync(join(dataFolder, 'connection.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataFolder, 'engines.json')).mode & 0o777).toBe(0o600);
  });

  it('seeds a tenant for each plan, with workflows that succeed and workflows that fail', async () => {
    const { tenants } = connection;

    expect(Object.keys(tenants)).toEqual(planSchema.options);
    expect(tenants['pro']!.workflows.map(({ name }) => name)).toEqual([
      'Spring Promo',
      'Legacy 51 steps',
      'Legacy unknown step',
      'Fails at step 2',
      'Fails at step 2 and continues',
      'Nobody listens',
    ]);
    for (const [id, status, code, succeeded] of [
      [1, 'failed', 'recipe_too_large', 0],
      [2, 'failed', 'step_type_not_allowed', 0],
      [3, 'failed', 'rendered_too_large', 1],
      [4, 'failed', 'rendered_too_large', 2],
    ] as const) {
      expect(await runWithStatus(connection, id, status)).toMatchObject({
        error: { code },
        steps_succeeded: succeeded,
      });
    }
    expect(await runWithStatus(connection, 5, 'succeeded')).toMatchObject({
      steps: [{ output: { event: 'quote.review_needed', matched_endpoints: 0 } }],
    });
  });

  it('serves the dashboard at the root, or until it is built a page that reloads into it', async () => {
    const text = await (await fetch(connection.api_url)).text();

    expect(text).toContain('<title>Coffield Workflows</title>');
    expect(text).toMatch(/<div id="root">|location\.reload/);
  });

  it('fails if the data folder or the port is in use, and says what to do', async () => {
    const onSameFolder = npmStart();
    const onSamePort = npmStart({ PORT: new URL(connection.api_url).port, LOCAL_DATA_DIR: join(folder, 'other') });

    expect(await onSameFolder.exited).toBe(1);
    expect(onSameFolder.problems()).toMatch(/Another local run .*LOCAL_DATA_DIR/s);
    expect(await onSamePort.exited).toBe(1);
    expect(onSamePort.problems()).toMatch(/Another program is using port \d+\. .*choose another port: PORT=/);
  });

  it('shows a curl command that starts a run, and the run finishes even if the process is killed during its delay', async () => {
    const accepted = await sendShownCurl(first.output());
    const { id } = (await accepted.json()) as { id: number };
    await runWithStatus(connection, id, 'running');
    first.process.kill('SIGKILL');
    await first.exited;

    second = npmStart();
    const again = await ready(second);

    expect(accepted.status).toBe(202);
    expect(again.tenants).toEqual(connection.tenants);
    expect(again.inbox_endpoint_url).toBe(connection.inbox_endpoint_url);
    expect(await runWithStatus(again, id, 'succeeded')).toMatchObject({ steps_succeeded: 3, steps_failed: 0 });
    expect(await verifiedMessage(again)).toMatchObject({
      verified: true,
      tenant: 'pro',
      type: 'campaign.kickoff',
      responded: 200,
    });
  });

  it('stops on a signal, and prints no output of libraries', async () => {
    second.process.kill('SIGINT');

    expect(await second.exited).toBe(0);
    expect([first.problems(), second.problems()]).toEqual(['', '']);
  });

  it('opens sockets on loopback only, and looks up no host name', () => {
    const sockets = new Set(readFileSync(socketsFile, 'utf8').trim().split('\n'));

    expect([...sockets].sort()).toEqual(['connect 127.0.0.1', 'listen 127.0.0.1']);
  });

  it('says which folder to delete if its data is damaged', async () => {
    writeFileSync(join(dataFolder, 'connection.json'), '{"api_url":');
    const started = npmStart();

    expect(await started.exited).toBe(1);
    expect(started.problems()).toContain(`Delete the folder ${dataFolder} to start over`);
  });

  it('refuses an invalid port and invalid retry seconds', async () => {
    const started = npmStart({ PORT: 'http' });
    const retrying = npmStart({ RETRY_SECONDS: '1,two' });

    expect([await started.exited, await retrying.exited]).toEqual([1, 1]);
    expect(started.problems()).toContain('PORT is "http"');
    expect(retrying.problems()).toBe('\nRETRY_SECONDS is "1,two"; it must be whole seconds, such as 1,2,3.\n\n');
  });
});
