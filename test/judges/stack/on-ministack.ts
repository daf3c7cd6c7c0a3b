import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { recordCalls, type Call } from './calls/record-calls';
import { installMinistack } from './ministack/install';
import { credentials, startMinistack, type Permissions } from './ministack/start';
import { enterNetwork } from './network/enter-network';
import { layIntoOpt, openNetwork } from './network/open-network';

/** Set inside the network: the folder for whatever the judge writes. */
const inside = 'JUDGE_FOLDER';
const [gatewayPort, recorderPort] = [4566, 4568];

/** The port of the network at which the receiver of webhooks listens. */
export const receiverPort = 4567;

/** An account of AWS in which nothing is deployed yet. This process's environment leads to it. */
export interface FreshAccount {
  /** For whatever is written. */
  readonly folder: string;
  /** The AWS CLI. */
  readonly aws: string;
  /** What the deployed functions call, as it happens. */
  readonly calls: readonly Call[];
  readonly permissions: Permissions;
}

/**
 * Does something with MiniStack, in a network of its own, and ends both.
 *
 * @returns the exit code
 */
export async function onMinistack(act: (account: FreshAccount) => Promise<number>): Promise<number> {
  installMinistack();
  const given = process.env[inside];
  if (given !== undefined) return withMinistack(given, act);
  // Removed only out here, where what the network mounted into the folder is gone.
  return inFolder((folder) => enterNetwork(process.argv.slice(1), { ...process.env, [inside]: folder }));
}

async function withMinistack(folder: string, act: (account: FreshAccount) => Promise<number>): Promise<number> {
  const { aws, ...installation } = installMinistack();
  const network = await openNetwork(folder, { gateway: gatewayPort, receiver: receiverPort });
  // MiniStack mounts no layers, and takes a function's standard output for its answer.
  layIntoOpt(folder, 'awscli/aws', `#!/bin/sh\nexec ${aws} "$@" >&2\n`);
  mkdirSync(refusalsIn(folder));
  const calls: Call[] = [];
  const recorder = await recordCalls(gatewayPort, recorderPort, (call) => calls.push(call));
  const ministack = await startMinistack({
    installation: { aws, ...installation },
    folder,
    port: gatewayPort,
    functionsCall: `http://127.0.0.1:${recorderPort}`,
    // The functions repeat failed deliveries after a second, so that the tests see it.
    environment: { ...network.environment, RETRY_SECONDS: '1,1', JUDGE_REFUSALS: refusalsIn(folder) },
  });
  Object.assign(process.env, network.environment, credentials, {
    AWS_ENDPOINT_URL: ministack.url,
    PATH: [installation.pythonPrograms, process.env['PATH']].join(delimiter),
  });
  try {
    return await act({ folder, aws, calls, permissions: ministack.permissions });
  } finally {
    await ministack.stop();
    await recorder.stop();
    await network.stop();
  }
}

/** The folder whose files say what MiniStack refuses for now; overlay.py names them. */
export function refusalsIn(folder: string): string {
  return join(folder, 'refusals');
}

/** After a failure the folder is left, because the emulator's log is in it. */
export async function inFolder(act: (folder: string) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'judge-'));
  const code = await act(folder);
  if (code === 0) rmSync(folder, { recursive: true, force: true });
  else console.error(`What the emulator wrote is in ${folder}.`);
  return code;
}
