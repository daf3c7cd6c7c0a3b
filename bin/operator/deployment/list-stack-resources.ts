import { paginateListStackResources, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

export interface StackResource {
  /** Logical id without the hash that the CDK appends. */
  readonly id: string;
  readonly type: string;
  /** Physical name or id. */
  readonly name: string;
}

export async function listStackResources(client: CloudFormationClient, stackName: string): Promise<StackResource[]> {
  const found: StackResource[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  )) {
    for (const {
      LogicalResourceId: id = '',
      PhysicalResourceId: name,
      ResourceType: type = '',
    } of StackResourceSummaries)
      if (name !== undefined) found.push({ id: id.replace(/[0-9A-F]{8}$/, ''), type, name });
  }
  return found;
}
