import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asJsonLines, type Operation } from '../../load/history/operation';
import { go } from '../installed';
import { runProgram } from '../run-program';

/** What is not linearizable: the counter of a tenant, one of its runs or one of its idempotency keys. */
export interface Finding {
  readonly tenant: string;
  readonly object: string;
  readonly result: 'Illegal' | 'Unknown';
  /** The first steps that fit nowhere in the longest order that was found, by the times of their answers. */
  readonly unplaced: readonly string[];
  /** A page that shows the steps on a line of time. */
  readonly drawing?: string;
}

export interface Verdict {
  readonly operations: number;
  readonly unanswered: number;
  readonly tenants: number;
  readonly objects: number;
  readonly steps: number;
  readonly seconds: number;
  readonly findings: readonly Finding[];
}

export interface Judge {
  /** @param drawings a folder that is made, and gets the history and the drawings, if something is found */
  readonly judge: (operations: readonly Operation[], drawings?: string) => Promise<Verdict>;
  readonly remove: () => void;
}

/** Compiles the judge once, into a temporary folder. */
export async function buildJudge(): Promise<Judge> {
  const folder = mkdtempSync(join(tmpdir(), 'histories-'));
  const sources = readdirSync(join(__dirname, 'programs')).map((file) => join(__dirname, 'programs', file));
  const [program, file] = [join(folder, 'judge'), join(folder, 'history.jsonl')];
  await run('go', ['build', '-o', program, ...sources], go);
  return {
    async judge(operations, drawings) {
      writeFileSync(file, asJsonLines(operations));
      const verdict: Verdict = JSON.parse(
        await run(program, [file, ...(drawings === undefined ? [] : [drawings])], folder),
      );
      if (drawings !== undefined && verdict.findings.length > 0) copyFileSync(file, join(drawings, 'history.jsonl'));
      return verdict;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await runProgram(program, args, { cwd });
  if (code !== 0) throw new Error(`${program} exited with ${code}: ${stderr}`);
  return stdout;
}
