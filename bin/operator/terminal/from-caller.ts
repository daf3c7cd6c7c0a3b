import { resolve } from 'node:path';
import type { Terminal } from './terminal';

/** npm runs scripts in the project's folder; a relative path is meant from where npm was called. */
export function fromCaller(path: string, env: Terminal['env']): string {
  return resolve(env['INIT_CWD'] ?? '.', path);
}
