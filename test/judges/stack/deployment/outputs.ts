import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { StackOutput } from '../../../../functions/contract/stack';

/** The outputs of a deployed stack, by which everything about it is found. */
export async function outputsOf(stackName: string): Promise<(name: StackOutput) => string> {
  const client = new CloudFormationClient({});
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  client.destroy();
  const outputs = Stacks?.[0]?.Outputs ?? [];
  return (name) => {
    const value = outputs.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
    if (value === undefined) throw new Error(`Stack ${stackName} has no output ${name}`);
    return value;
  };
}
