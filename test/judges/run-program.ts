import { execFile } from 'node:child_process';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end, without telemetry and without looking for its own updates.
 * @throws Error if it could not be started or did not end within five minutes
 */
export function runProgram(program: string, args: readonly string[], { cwd, env = {} }: Options): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
  return new Promise((done, fail) => {
    const options = { cwd, env: { PATH, HOME, ...quiet, ...env }, timeout: 300_000, maxBuffer: 64 * 1024 * 1024 };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null || typeof error.code === 'number') done({ code: Number(error?.code ?? 0), stdout, stderr });
      else fail(new Error(`${program} did not end by itself`, { cause: error }));
    });
  });
}
