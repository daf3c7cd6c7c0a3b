import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { StackOutput } from '../../../functions/contract/stack';
import { tableShape } from '../../../functions/contract/table';
import { listStackResources } from './list-stack-resources';
import { runLogGroupsOf } from './run-log-groups';

/** ARNs of what the commands use of a deployed stack. */
export interface StackArns {
  readonly region: string;
  /** The end of the host names of AWS's services. */
  readonly urlSuffix: string;
  readonly stack: string;
  readonly table: string;
  readonly parentIndex: string;
  /** A table that the runbook's restore makes beside it, by the name that the runbook gives it, and its index. */
  readonly restoredTable: string;
  readonly restoredIndex: string;
  readonly deliveryQueue: string;
  readonly deadLetterQueue: string;
  readonly logGroups: readonly string[];
  /** Undefined if AWS's own keys encrypt the stack's data. */
  readonly customerKey: string | undefined;
}

/** @param stackId the ARN of the stack, which names its account and Region */
export async function readStackArns(
  { stackId, stackName }: { readonly stackId: string; readonly stackName: string },
  output: (name: StackOutput) => string,
  clientOptions: { region?: string; profile?: string },
): Promise<StackArns> {
  const client = new CloudFormationClient(clientOptions);
  const resources = await listStackResources(client, stackName).finally(() => client.destroy());
  const [, partition = '', , region = '', account = ''] = stackId.split(':');
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const queue = (url: string) => arn('sqs', url.split('/').at(-1) ?? '');
  const table = arn('dynamodb', `table/${output('TableName')}`);
  const key = resources.find(({ id, type }) => type === 'AWS::KMS::Key' && id === 'Key');
  return {
    region,
    urlSuffix: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    // Any id, so that the policy still holds for a stack of this name that was deleted and deployed again.
    stack: arn('cloudformation', `stack/${stackName}/*`),
    table,
    parentIndex: `${table}/index/${tableShape.parentIndex.name}`,
    restoredTable: `${table}-restored`,
    restoredIndex: `${table}-restored/index/${tableShape.parentIndex.name}`,
    deliveryQueue: queue(output('DeliveryQueueUrl')),
    deadLetterQueue: queue(output('DeliveryDeadLetterQueueUrl')),
    // The form that policies need: docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
    logGroups: runLogGroupsOf(stackName, resources).map((name) => arn('logs', `log-group:${name}:*`)),
    customerKey: key && arn('kms', `key/${key.name}`),
  };
}
