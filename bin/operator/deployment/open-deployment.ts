import type { Terminal } from '../terminal/terminal';
import type { Deployment, DeploymentOptions } from './deployment';
import { openLocal } from './open-local';
import { openStack } from './open-stack';

/** Opens the local run or a deployed stack. @throws OperatorProblem if there is none */
export async function openDeployment(options: DeploymentOptions, env: Terminal['env']): Promise<Deployment> {
  return options.local ? openLocal(env) : openStack(options);
}
