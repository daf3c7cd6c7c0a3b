import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { recordCalls, type Call } from './calls/record-calls';
import { reportCalls } from './calls/report-calls';
import { connectStack } from './deployment/connect-stack';
import { makePeople } from './deployment/make-people';
import { runSchedules } from './deployment/run-schedules';
import { openShell } from './deployment/shell';
import { deployedStack, walkFirstDeployment } from './deployment/walk-first-deployment';
import { installMinistack } from './ministack/install';
import { credentials, startMinistack } from './ministack/start';
import { enterNetwork } from './network/enter-network';
import { layIntoOpt, openNetwork, receiverHost } from './network/open-network';
import { rehearseRelease } from './release/rehearse-release';

/** Set inside the network: the folder for whatever the judge writes. */
const inside = 'JUDGE_FOLDER';
const [gatewayPort, receiverPort, recorderPort] = [4566, 4567, 4568];

/**
 * `npm run judge` deploys the stack on MiniStack, as docs/deploy.md says, runs test/e2e against it, and compares what the
 * functions did with what their roles may do, and deploys a release that fails. `npm run judge -- --release` skips the tests
 * between the two deployments. `npm run judge -- --stack <name> --receiver <origin>` runs the same tests
 * against a stack that is deployed already, where the credentials in the environment lead.
 */
async function judge(): Promise<number> {
  const { values } = parseArgs({
    options: { stack: { type: 'string' }, receiver: { type: 'string' }, release: { type: 'boolean', default: false } },
  });
  if (values.stack !== undefined) return judgeDeployed(values.stack, values.receiver);
  installMinistack();
  const given = process.env[inside];
  if (given !== undefined) return judgeOnMinistack(given, values.release);
  // Removed only out here, where what the network mounted into the folder is gone.
  return inFolder((folder) => enterNetwork(process.argv.slice(1), { ...process.env, [inside]: folder }));
}

async function judgeOnMinistack(folder: string, onlyRelease: boolean): Promise<number> {
  const { aws, ...installation } = installMinistack();
  const network = await openNetwork(folder, { gateway: gatewayPort, receiver: receiverPort });
  // MiniStack mounts no layers, and takes a function's standard output for its answer.
  layIntoOpt(folder, 'awscli/aws', `#!/bin/sh\nexec ${aws} "$@" >&2\n`);
  const calls: Call[] = [];
  const recorder = await recordCalls(gatewayPort, recorderPort, (call) => calls.push(call));
  const ministack = await startMinistack({
    installation: { aws, ...installation },
    folder,
    port: gatewayPort,
    functionsCall: `http://127.0.0.1:${recorderPort}`,
    // The functions repeat failed deliveries after a second, so that the tests see it.
    environment: { ...network.environment, RETRY_SECONDS: '1,1' },
  });
  Object.assign(process.env, network.environment, credentials, {
    AWS_ENDPOINT_URL: ministack.url,
    PATH: [installation.pythonPrograms, process.env['PATH']].join(delimiter),
  });
  try {
    const shell = openShell(process.env);
    await walkFirstDeployment(shell, folder, ministack.judgePermissions);
    const file = join(folder, 'connection.json');
    const receiver = { port: receiverPort, origin: `https://${receiverHost}` };
    const connected = await connectStack(deployedStack, { receiver, retriesSoon: true }, file);
    const rehearse = () =>
      rehearseRelease({ stack: deployedStack, folder, aws, shell, ministack }).finally(connected.stop);
    if (onlyRelease) {
      await rehearse();
      return 0;
    }
    await makePeople(deployedStack, aws);
    const code = await runSuite(file);
    await runSchedules(deployedStack, file, aws, folder);
    await rehearse();
    const permitted = await reportCalls(deployedStack, calls, aws);
    return code === 0 && permitted ? 0 : 1;
  } finally {
    await ministack.stop();
    await recorder.stop();
    await network.stop();
  }
}

function judgeDeployed(stack: string, origin: string | undefined): Promise<number> {
  if (origin === undefined)
    throw new Error(
      `Name with --receiver a public https address that leads to port ${receiverPort} of this machine: webhooks go nowhere else.`,
    );
  return inFolder(async (folder) => {
    const file = join(folder, 'connection.json');
    const connected = await connectStack(stack, { receiver: { port: receiverPort, origin }, retriesSoon: false }, file);
    await makePeople(stack, 'aws');
    const code = await runSuite(file);
    await connected.stop();
    console.log('Which calls the functions made was not recorded: only MiniStack lets a recorder between.');
    return code;
  });
}

async function inFolder(act: (folder: string) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'judge-'));
  const code = await act(folder);
  // After a failure the folder is left, because the emulator's log is in it.
  if (code === 0) rmSync(folder, { recursive: true, force: true });
  else console.error(`What the emulator wrote is in ${folder}.`);
  return code;
}

function runSuite(connectionFile: string): Promise<number> {
  const tests = [require.resolve('jest/bin/jest'), '--runInBand', 'test/e2e'];
  const jest = spawn(process.execPath, tests, {
    stdio: 'inherit',
    // An emulator runs each open request in a process of its own.
    env: { ...process.env, API_CONNECTION: connectionFile, REQUESTS_AT_ONCE: '24' },
  });
  return new Promise((done) => jest.once('exit', (code) => done(code ?? 1)));
}

judge().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
