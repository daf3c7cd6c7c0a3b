import { resolve } from 'node:path';
import type { Terminal } from './terminal';

/** Resolves a path from the folder in which npm was called; npm runs scripts in the project's folder. */
export function resolveFromCaller(path: string, env: Terminal['env']): string {
  return resolve(env['INIT_CWD'] ?? '.', path);
}
