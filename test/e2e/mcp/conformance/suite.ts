import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { conformanceSuite, newerNode } from '../installed';

type Running = ChildProcessByStdio<null, Readable, Readable>;

/** Starts the official conformance suite. It may write files into `folder`. */
export function startSuite(folder: string, ...args: string[]): Running {
  return spawn(newerNode, ['--no-warnings', conformanceSuite, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
}

export async function outcomeOf(suite: Running): Promise<{ code: number | null; output: string }> {
  const ended = new Promise<number | null>((done) => suite.once('close', done));
  const [out, err, code] = await Promise.all([text(suite.stdout), text(suite.stderr), ended]);
  return { code, output: out + err };
}
