import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describedCheck } from './described';
import { endLocalRun, startLocalRun } from './local-run';
import { sharedRunVariable } from './shared-run';

/** The part of `connection.json` that these tests use. */
export interface Connection {
  /** Name of a deployed stack. A local run has none. */
  readonly stack?: string;
  /** True if a deployed stack repeats failed deliveries after a second, as the local run does for these tests. */
  readonly retries_soon?: boolean;
  readonly api_url: string;
  readonly dashboard_url: string;
  readonly mcp_url: string;
  readonly inbox_url: string;
  readonly inbox_endpoint_url: string;
  readonly tenants: Readonly<
    Record<
      string,
      {
        id: string;
        rest_token: string;
        mcp_token: string;
        users: { email: string; password: string; permissions: string[] }[];
        workflows: { id: number; name: string }[];
      }
    >
  >;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

export interface Stack {
  readonly connection: Connection;
  readonly connectionFile: string;
  /** That of the local run. */
  readonly dataFolder: string;
  /** What the local run printed since its start, once it has ended. */
  readonly ended: () => Promise<string>;
  /** Kills the process, as a crash or a power cut would. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Sends a request, and fails if openapi.json does not describe its answer. */
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
}

export interface CallOptions {
  readonly plan?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const projectFolder = resolve(__dirname, '..', '..');
/**
 * Connects to the deployed product if API_CONNECTION names a file like `connection.json`; otherwise starts a local run
 * for this suite on free ports.
 *
 * @param dataFolder that of an earlier stack, to continue on its data
 * @param variables environment variables of a local run
 */
export async function openStack(dataFolder?: string, variables: Record<string, string> = {}): Promise<Stack> {
  const given = process.env['API_CONNECTION'];
  if (given !== undefined && dataFolder === undefined) return stackAt(given, '', neverEnds);
  const folder = dataFolder ?? mkdtempSync(join(tmpdir(), 'workflows-e2e-'));
  const child = await startLocalRun(folder, variables);
  let printed = '';
  for (const output of [child.stdout, child.stderr]) output?.on('data', (text: Buffer) => (printed += text.toString()));
  return stackAt(join(folder, 'connection.json'), folder, {
    ended: () => new Promise((done) => child.once('close', () => done(printed))),
    kill: () => endLocalRun(child, 'SIGKILL'),
    stop: async () => {
      await endLocalRun(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

/**
 * Connects like {@link openStack}, but to the local run that all files of a jest run share: a start costs as much CPU as
 * the tests of a file. It is not for tests that need a run of their own, or end it.
 */
export async function shareStack(): Promise<Stack> {
  const address = process.env[sharedRunVariable];
  if (address === undefined || process.env['API_CONNECTION'] !== undefined) return openStack();
  const answer = await fetch(address);
  const folder = await answer.text();
  if (!answer.ok) throw new Error(folder);
  return stackAt(join(folder, 'connection.json'), folder, neverEnds);
}

async function stackAt(
  connectionFile: string,
  dataFolder: string,
  ending: Pick<Stack, 'ended' | 'kill' | 'stop'>,
): Promise<Stack> {
  const connection = readConnection(connectionFile);
  const requireDescribed = await describedCheck(connection.api_url);
  return {
    connection,
    connectionFile,
    dataFolder,
    ...ending,
    async call(method, path, { plan = 'pro', token, body, headers } = {}) {
      const response = await fetch(connection.api_url + path, {
        method,
        headers: {
          authorization: `Bearer ${token ?? connection.tenants[plan]!.rest_token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const { status } = response;
      const answered = text === '' ? undefined : JSON.parse(text);
      requireDescribed(method, path, { status, body: answered });
      return { status, headers: response.headers, body: answered };
    },
  };
}

function readConnection(file: string): Connection {
  return JSON.parse(readFileSync(file, 'utf8'));
}

const neverEnds = {
  ended: () => new Promise<string>(() => undefined),
  kill: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** Tells whether failed deliveries are repeated within seconds; otherwise it prints that a test is skipped. */
export function retriesSoon({ connection }: Stack): boolean {
  const soon = connection.stack === undefined || connection.retries_soon === true;
  if (!soon) process.stderr.write('This stack keeps the real retry schedule: a test of retries is skipped\n');
  return soon;
}

/** The log lines of all functions so far. */
export async function functionLog({ connection, dataFolder }: Stack): Promise<string[]> {
  if (connection.stack === undefined) return linesOf(dataFolder);
  const logs = new CloudWatchLogsClient({});
  const lines: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, {}))
    for (const { logGroupName } of logGroups)
      if (logGroupName?.includes(connection.stack) === true)
        for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName }))
          lines.push(...events.map(({ message = '' }) => message.trimEnd()));
  // Lambda itself writes START, END and REPORT, and the start of a function may print a warning.
  return lines.filter((line) => line.startsWith('{'));
}

function linesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.log(\.1)?$/.test(name) && !name.includes('table'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'));
}

/** Runs an operator command against a stack, as an operator does in a shell. @returns its `--json` output */
export async function operate(stack: Stack, ...command: string[]): Promise<any> {
  const { stack: name } = stack.connection;
  const place = name === undefined ? ['--local'] : ['--stack', name];
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/operator.ts', ...command, ...place, '--json'], {
    cwd: projectFolder,
    env: { ...process.env, LOCAL_DATA_DIR: stack.dataFolder },
  });
  const [out, problem, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((done) => child.once('exit', done)),
  ]);
  if (code !== 0) throw new Error(`operator ${command.join(' ')} exited with ${code}: ${problem}`);
  return JSON.parse(out);
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** The id of a seeded workflow by its name. */
export function workflowId(stack: Stack, plan: string, name: string): number {
  const found = stack.connection.tenants[plan]?.workflows.find((workflow) => workflow.name === name);
  if (found === undefined) throw new Error(`No workflow ${name} for ${plan}`);
  return found.id;
}

export async function inboxMessages(stack: Stack): Promise<
  {
    webhook_id: string;
    type: string;
    verified: boolean;
    headers: Record<string, string>;
    body: string;
    tenant: string;
  }[]
> {
  const messages: any = await (await fetch(`${stack.connection.inbox_url}/messages`)).json();
  return messages;
}
