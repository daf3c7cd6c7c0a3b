import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** As the template names the resource of a construct; findings are told by it. */
export function logicalIdOf({ node }: IConstruct): string {
  const resource = node.defaultChild;
  if (CfnResource.isCfnResource(resource)) return Stack.of(resource).getLogicalId(resource);
  throw new Error(`${node.path} is more than one resource`);
}
