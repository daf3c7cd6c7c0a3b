import type { Run } from '../api/routes';
import { isOpen } from './columns';

const pollMs = 2_000;

/** Milliseconds to the next read of a list of runs; false when all of them have ended. */
export function pollOpenRuns(runs: readonly Run[]): number | false {
  return runs.some(isOpen) ? pollMs : false;
}
