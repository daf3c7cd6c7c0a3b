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
  const stackName = stackNameOf(contextOf(args, cdk.context)('stage') ?? defaultStage);
  try {
    return await deployStack(args, {
      context: cdk.context,
      runCdk,
      describe: (name) => describeStack(clients.cloudFormation, name),
      liftProtection: (name) => liftProtection(clients.cloudFormation, name),
      askCloudFront: () => askCloudFront(clients.cloudFront),
      askReservations: () => askReservations(clients, stackName),
      tell: (sentence) => void process.stderr.write(`${sentence}\n`),
    });
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
