import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reportCalls } from './calls/report-calls';
import { connectStack } from './deployment/connect-stack';
import { makePeople } from './deployment/make-people';
import { runSchedules } from './deployment/run-schedules';
import { openShell } from './deployment/shell';
import { deployedStack, walkFirstDeployment } from './walks/first-deployment';
import { walkSchedule } from './walks/schedule';
import { receiverHost } from './network/open-network';
import { inFolder, onMinistack, receiverPort } from './on-ministack';
import { rehearseRelease } from './release/rehearse-release';

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
  return onMinistack(async ({ folder, aws, calls, permissions }) => {
    const shell = openShell(process.env);
    await walkFirstDeployment(shell, folder, permissions.judge);
    await walkSchedule(shell, folder);
    const file = join(folder, 'connection.json');
    const receiver = { port: receiverPort, origin: `https://${receiverHost}` };
    const connected = await connectStack(deployedStack, { receiver, retriesSoon: true }, file);
    const rehearse = () =>
      rehearseRelease({ stack: deployedStack, folder, aws, shell, permissions }).finally(connected.stop);
    if (values.release) {
      await rehearse();
      return 0;
    }
    await makePeople(deployedStack, aws);
    const code = await runSuite(file);
    await runSchedules(deployedStack, file, aws, folder);
    await rehearse();
    const permitted = await reportCalls(deployedStack, calls, aws);
    return code === 0 && permitted ? 0 : 1;
  });
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

function runSuite(connectionFile: string): Promise<number> {
  const tests = [require.resolve('jest/bin/jest'), '--runInBand', '--testMatch', '**/test/e2e/**/*.@(test|long).ts'];
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
