import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { openDatabase } from '../../../functions/aws/database';
import { openSqs } from '../../../functions/aws/delivery/queue';
import type { StackOutput } from '../../../functions/contract/stack';
import { OperatorProblem } from '../terminal/operator-problem';
import type { Deployment, DeploymentOptions } from './deployment';
import { explainAwsError } from './explain-aws-error';
import { readStackArns } from './stack-arns';
import { tailLogGroups } from './tail-log-groups';

/** Opens a deployed stack, whose outputs name its table and its queues. */
export async function openStack({ stack: stackName, region, profile }: DeploymentOptions): Promise<Deployment> {
  const clientOptions = { ...(region !== undefined && { region }), ...(profile !== undefined && { profile }) };
  const stack = await describeStack(stackName, new CloudFormationClient(clientOptions));
  const output = outputsOf(stack);
  const database = openDatabase(output('TableName'), clientOptions);
  const sqs = openSqs(clientOptions);
  const tails: { close: () => void }[] = [];
  return {
    database,
    sqs,
    deliveryQueueUrl: output('DeliveryQueueUrl'),
    deadLetterQueueUrl: output('DeliveryDeadLetterQueueUrl'),
    tailLogs: (run, now) => {
      const tail = tailLogGroups(stackName, clientOptions, run, now);
      tails.push(tail);
      return tail;
    },
    readArns: () => readStackArns({ stackId: stack.StackId ?? '', stackName }, output, clientOptions),
    explain: explainAwsError,
    close: () => {
      database.client.destroy();
      database.once.destroy();
      sqs.destroy();
      for (const tail of tails) tail.close();
    },
  };
}

async function describeStack(stackName: string, client: CloudFormationClient): Promise<Stack> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    if (Stacks?.[0] !== undefined) return Stacks[0];
  } catch (error) {
    // CloudFormation says "ValidationError: Stack with id … does not exist".
    const isMissing = error instanceof Error && error.name === 'ValidationError' && / exist/.test(error.message);
    if (!isMissing) throw explainAwsError(error) ?? error;
  } finally {
    client.destroy();
  }
  throw new OperatorProblem(
    'place_not_found',
    `There is no stack ${stackName} in this account and Region. Deploy it, or name another with --stack, --region or --profile. For the local run, add --local.`,
  );
}

function outputsOf({ StackName, StackStatus, Outputs = [] }: Stack): (name: StackOutput) => string {
  return (name) => {
    const value = Outputs.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
    if (value !== undefined) return value;
    throw new OperatorProblem(
      'place_not_found',
      `Stack ${StackName ?? ''} (${StackStatus ?? 'unknown'}) has no output ${name}: it is not a finished deployment of this product, or it is one of an older version. Deploy it, or name another with --stack.`,
    );
  };
}
