import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { recordCalls, type Call } from './calls/record-calls';
import { reportCalls } from './calls/report-calls';
import { connectStack } from './deployment/connect-stack';
import { makePeople } from './deployment/make-people';
import { openShell } from './deployment/shell';
import { deployedStack, walkFirstDeployment } from './deployment/walk-first-deployment';
import { installMinistack } from './ministack/install';
import { credentials, startMinistack } from './ministack/start';
import { enterNetwork } from './network/enter-network';
import { layIntoOpt, openNetwork, receiverHost } from './network/open-network';

const inside = 'JUDGE_NETWORK';
const [gatewayPort, receiverPort, recorderPort] = [4566, 4567, 4568];

async function judge(): Promise<number> {
  const installation = installMinistack();
  if (process.env[inside] === undefined)
    return enterNetwork(process.argv.slice(1), { ...process.env, [inside]: 'open' });

  const folder = mkdtempSync(join(tmpdir(), 'judge-'));
  console.log(folder);
  const network = await openNetwork(folder, { gateway: gatewayPort, receiver: receiverPort });
  // MiniStack mounts no layers, and takes a function's standard output for its answer.
  layIntoOpt(folder, 'awscli/aws', `#!/bin/sh\nexec ${installation.aws} "$@" >&2\n`);
  const calls: Call[] = [];
  const recorder = await recordCalls(gatewayPort, recorderPort, (call) => calls.push(call));
  const ministack = await startMinistack({
    installation,
    folder,
    port: gatewayPort,
    functionsCall: `http://127.0.0.1:${recorderPort}`,
    environment: { ...network.environment, RETRY_SECONDS: '1,1' },
  });
  Object.assign(process.env, network.environment, credentials, {
    AWS_ENDPOINT_URL: ministack.url,
    PATH: [installation.pythonPrograms, process.env['PATH']].join(delimiter),
  });
  const shell = openShell(process.env);
  try {
    await walkFirstDeployment(shell, folder, ministack.judgePermissions);
    const file = join(folder, 'connection.json');
    const connected = await connectStack(
      deployedStack,
      { port: receiverPort, origin: `https://${receiverHost}` },
      file,
    );
    await makePeople(deployedStack, installation.aws);
    const code = await runSuite(file);
    await connected.stop();
    writeFileSync('/tmp/calls.json', JSON.stringify(calls));
    const permitted = await reportCalls(deployedStack, calls, installation.aws);
    return code === 0 && permitted ? 0 : 1;
  } finally {
    if (process.env['JUDGE_KEEP'] !== undefined) await new Promise(() => {});
    await ministack.stop();
    await recorder.stop();
    await network.stop();
  }
}

function runSuite(connectionFile: string): Promise<number> {
  const jest = spawn(
    process.execPath,
    [require.resolve('jest/bin/jest'), '--runInBand', ...(process.env['JUDGE_TESTS'] ?? 'test/e2e').split(' ')],
    {
      stdio: 'inherit',
      env: { ...process.env, API_CONNECTION: connectionFile, REQUESTS_AT_ONCE: '24' },
    },
  );
  return new Promise((done) => jest.once('exit', (code) => done(code ?? 1)));
}

judge().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
