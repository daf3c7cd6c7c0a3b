import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const startTimeoutMs = 60_000;

/** Ends a local run whose test was ended before it could stop it, as Jest ends workers that take too long. */
const endWithTest = 'data:text/javascript,process.once("disconnect",()=>process.exit());process.channel?.unref()';

/** Starts the product on free ports, as `npm start` does, and resolves when it is ready. */
export function startLocalRun(dataFolder: string, settings: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', endWithTest, '--import', 'tsx', 'bin/local.ts'], {
    cwd: resolve(__dirname, '..', '..'),
    env: { ...process.env, ...settings, PORT: '0', LOCAL_DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  // The channel alone must not keep the test's process.
  child.channel?.unref();
  return new Promise((ready, fail) => {
    let output = '';
    const timer = setTimeout(() => fail(new Error(`The local run was not ready in time:\n${output}`)), startTimeoutMs);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes('runs on this machine')) return;
      clearTimeout(timer);
      ready(child);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => {
      clearTimeout(timer);
      fail(new Error(`The local run ended:\n${output}`));
    });
  });
}

/** Ends a local run, and resolves when it has ended. */
export function endLocalRun(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((done) => (child.exitCode === null ? child.once('exit', () => done()).kill(signal) : done()));
}
