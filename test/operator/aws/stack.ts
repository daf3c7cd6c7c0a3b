import type { StackOutput } from '../../../functions/contract/stack';
import { everyOption } from '../../lib/options';
import { synthesize } from '../../lib/synthesize';
import type { AwsAnswer, AwsCall } from './start-aws';

export const stackName = 'CoffieldWorkflows-dev';
const account = '000000000000';

/** The stack as CloudFormation describes it, with all resources of the template. */
export function deployedStack(outputs: Partial<Record<StackOutput, string>>, context: Record<string, unknown> = {}) {
  const { Resources } = synthesize({ ...everyOption, ...context }).template.toJSON() as {
    Resources: Record<string, { Type: string }>;
  };
  const physicalNames = Object.fromEntries(
    Object.keys(Resources).map((id) => [id, `${stackName}-${id}-${id.length}x`]),
  );
  return {
    physicalNames,
    /** Physical name of the one resource whose logical id begins so. */
    named: (start: string) => physicalNames[Object.keys(Resources).find((id) => id.startsWith(start))!]!,
    answer: ({ target, body }: AwsCall): AwsAnswer => {
      const named = new URLSearchParams(body).get('StackName');
      if (named !== stackName)
        return {
          status: 400,
          body: `<ErrorResponse>${xml('Error', [{ Code: 'ValidationError', Message: `${named} does not exist` }])}</ErrorResponse>`,
        };
      if (target === 'CloudFormation.DescribeStacks') return { body: described(outputs) };
      if (target !== 'CloudFormation.ListStackResources') throw new Error(`No answer to ${target}`);
      const summaries = Object.entries(Resources).map(([LogicalResourceId, { Type: ResourceType }]) => ({
        LogicalResourceId,
        PhysicalResourceId: physicalNames[LogicalResourceId]!,
        ResourceType,
      }));
      return {
        body: result(
          'ListStackResources',
          `<StackResourceSummaries>${xml('member', summaries)}</StackResourceSummaries>`,
        ),
      };
    },
  };
}

function described(outputs: Partial<Record<StackOutput, string>>): string {
  const members = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  const id = `arn:aws:cloudformation:us-east-1:${account}:stack/${stackName}/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`;
  return result(
    'DescribeStacks',
    `<Stacks><member><StackName>${stackName}</StackName><StackId>${id}</StackId><StackStatus>CREATE_COMPLETE</StackStatus>` +
      `<CreationTime>2026-11-01T00:00:00Z</CreationTime><Outputs>${xml('member', members)}</Outputs></member></Stacks>`,
  );
}

function result(action: string, content: string): string {
  return `<${action}Response><${action}Result>${content}</${action}Result></${action}Response>`;
}

function xml(element: string, rows: readonly Record<string, string>[]): string {
  const fields = (row: Record<string, string>) =>
    Object.entries(row).map(([name, value]) => `<${name}>${value}</${name}>`);
  return rows.map((row) => `<${element}>${fields(row).join('')}</${element}>`).join('');
}
