import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const projectFolder = resolve(__dirname, '..', '..', '..', '..');

/** A deployment takes most of it. A step that hangs, such as a custom resource without an answer, fails. */
const timeoutMs = 300_000;

/** Runs commands as a person pastes them into a shell, and shows what they print. @returns what they printed */
export type Shell = (commands: string) => Promise<string>;

export function openShell(environment: NodeJS.ProcessEnv): Shell {
  return async (commands) => {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
      cwd: projectFolder,
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: timeoutMs,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    });
    const code = await new Promise((done, fail) => child.once('error', fail).once('close', done));
    if (code !== 0) throw new Error(`The commands ended with ${String(code)}:\n${commands}`);
    return output;
  };
}
