import type { Terminal } from '../terminal/terminal';
import type { Place, WhereOptions } from './deployment';
import { openLocal } from './open-local';
import { openStack } from './open-stack';

/** Opens the local run or a deployed stack. @throws OperatorProblem when there is none */
export async function openPlace(options: WhereOptions, env: Terminal['env']): Promise<Place> {
  return options.local ? openLocal(env) : openStack(options);
}
