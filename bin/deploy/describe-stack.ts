import {
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation';
import type { DeployedStack } from './deploy-stack';

/** @returns undefined if there is no such stack */
export async function describeStack(client: CloudFormationClient, name: string): Promise<DeployedStack | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks ?? [];
    if (stack?.StackStatus === undefined) return undefined;
    return { status: stack.StackStatus, terminationProtection: stack.EnableTerminationProtection === true };
  } catch (error) {
    // CloudFormation says "ValidationError: Stack with id … does not exist".
    if (error instanceof Error && error.name === 'ValidationError' && / exist/.test(error.message)) return undefined;
    throw error;
  }
}

export async function liftProtection(client: CloudFormationClient, name: string): Promise<void> {
  const command = new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: false });
  await client.send(command);
}
