import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from './install';

export const region = 'us-east-1';
export const accountId = '000000000000';

/** Every program of the judge acts as the account's root user, as the first person in a new account does. */
export const credentials = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
};

/** Whether each call of a function is judged by MiniStack's own evaluator with the policies of its role. */
export interface Permissions {
  readonly judge: () => void;
  /** A deployment needs that, because the roles of the CDK's bootstrap stack are refused. It is so at the beginning. */
  readonly admitAll: () => void;
}

export interface Ministack {
  readonly url: string;
  readonly permissions: Permissions;
  readonly stop: () => Promise<void>;
}

interface Options {
  readonly installation: Installation;
  readonly folder: string;
  readonly port: number;
  /** Where the functions send their AWS calls. */
  readonly functionsCall: string;
  /** What the functions need to trust the network. */
  readonly environment: NodeJS.ProcessEnv;
}

const startTimeoutMs = 60_000;

/** How long a minute of a canary and of its alarms lasts here. */
export const canaryMinuteMs = 6_000;

/** Starts MiniStack, with its gaps filled, on a port of loopback. It runs functions as processes, without Docker. */
export async function startMinistack(options: Options): Promise<Ministack> {
  const { installation, folder, port } = options;
  const data = join(folder, 'ministack');
  mkdirSync(data);
  const log = join(folder, 'ministack.log');
  const output = openSync(log, 'w');
  const child = spawn(installation.python, [join(__dirname, 'overlay.py')], {
    cwd: data,
    env: environmentOf(options, data),
    stdio: ['ignore', output, output],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + startTimeoutMs; !(await isReady(url));) {
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`MiniStack did not start:\n${readFileSync(log, 'utf8')}`);
    await sleep(200);
  }
  return {
    url,
    permissions: { judge: () => void child.kill('SIGUSR1'), admitAll: () => void child.kill('SIGUSR2') },
    stop: async () => {
      child.kill('SIGTERM');
      const killed = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(killed);
    },
  };
}

function environmentOf({ installation, port, functionsCall, environment }: Options, data: string): NodeJS.ProcessEnv {
  return {
    ...credentials,
    ...environment,
    PATH: [installation.nodePrograms, installation.pythonPrograms, process.env['PATH']].join(delimiter),
    NODE_PATH: installation.nodePackages,
    HOME: data,
    TMPDIR: data,
    S3_DATA_DIR: join(data, 's3'),
    PYTHONUNBUFFERED: '1',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: region,
    LAMBDA_EXECUTOR: 'local',
    CANARY_MINUTE_SECONDS: String(canaryMinuteMs / 1_000),
    IOT_MTLS_ENABLED: '0',
    AWS_ENDPOINT_URL: functionsCall,
  };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/_ministack/health`).catch(() => undefined);
  return answer?.ok === true;
}
