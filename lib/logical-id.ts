import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The logical id of a construct's resource in the template. cdk-nag's findings name resources by it. */
export function logicalIdOf({ node }: IConstruct): string {
  const resource = node.defaultChild;
  if (CfnResource.isCfnResource(resource)) return Stack.of(resource).getLogicalId(resource);
  throw new Error(`${node.path} has no single CloudFormation resource`);
}
