import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { LambdaClient } from '@aws-sdk/client-lambda';
import cdk from '../../cdk.json';
import { defaultStage, stackNameOf } from '../../functions/contract/stack';
import { askCloudFront } from './ask-cloudfront';
import { askReservations } from './ask-reservations';
import { contextOf, profileOf } from './context';
import { deployStack } from './deploy-stack';
import { describeStack, liftProtection } from './describe-stack';
import { pruneVersions } from './prune-versions';
import { runCdk } from './run-cdk';

/** Deploys to the account that the credentials belong to. @returns the exit code */
export async function runDeploy(args: readonly string[]): Promise<number> {
  const profile = profileOf(args);
  const options = profile === undefined ? {} : { profile };
  const clients = {
    cloudFormation: new CloudFormationClient(options),
    cloudFront: new CloudFrontClient(options),
    lambda: new LambdaClient(options),
  };
  const context = contextOf(args, cdk.context);
  const stackName = stackNameOf(context('stage') ?? defaultStage);
  try {
    const code = await deployStack(args, {
      context: cdk.context,
      runCdk,
      describe: (name) => describeStack(clients.cloudFormation, name),
      liftProtection: (name) => liftProtection(clients.cloudFormation, name),
      askCloudFront: () => askCloudFront(clients.cloudFront),
      askReservations: () => askReservations(clients, stackName),
      tell,
    });
    if (code === 0 && context('part') !== 'firewall') await prune(stackName, clients);
    return code;
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** The deployment has succeeded, whether old versions can be removed or not; the next one removes those that are left. */
async function prune(stackName: string, clients: Parameters<typeof pruneVersions>[1]): Promise<void> {
  try {
    await pruneVersions(stackName, clients);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    tell(`Warning: Versions of earlier releases were not removed (${why}). The next deployment tries again.`);
  }
}
