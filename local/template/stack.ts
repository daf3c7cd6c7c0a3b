import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { LocalProblem } from '../local-problem';
import { ignoredTypes, emulatedTypes, type LocalDeployment } from './identities';
import { resolveValue, type ResolutionContext, type ResourceIdentity } from './resolve';
import type { Template, TemplateResource } from './template';

/** One resource of the template. */
export interface StackResource extends ResourceIdentity {
  readonly logicalId: string;
  /**
   * Reads the properties that the schema names, with intrinsic functions resolved. Other properties are not resolved,
   * because they may refer to resources that exist only in AWS, such as a role.
   */
  readonly read: <Schema extends z.ZodMiniObject>(schema: Schema) => z.infer<Schema>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Stack {
  readonly resources: (...types: readonly string[]) => StackResource[];
}

/** Makes the resources of the template readable, with the names and addresses of the local run. */
export function resolveStack(template: Template, deployment: LocalDeployment): Stack {
  refuseUnknownTypes(template);
  const context: ResolutionContext = {
    template,
    pseudoParameters: {
      'AWS::AccountId': deployment.accountId,
      'AWS::Partition': 'aws',
      'AWS::Region': deployment.region,
      'AWS::StackId': stackIdOf(deployment),
      'AWS::StackName': deployment.stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    },
    secretAt: generatedSecrets(),
    identify,
  };

  function identify(logicalId: string): ResourceIdentity | undefined {
    const resource = template.Resources[logicalId];
    if (!resource || !Object.hasOwn(emulatedTypes, resource.Type)) return undefined;
    return emulatedTypes[resource.Type]?.({
      logicalId,
      name: (property) => physicalName(logicalId, resource, property),
      deployment,
    });
  }

  function physicalName(logicalId: string, resource: TemplateResource, property: string): string {
    const name = resolveValue(resource.Properties[property], context);
    return typeof name === 'string' ? name : logicalId;
  }

  function readable(logicalId: string, resource: TemplateResource): StackResource[] {
    const identity = identify(logicalId);
    if (!identity) return [];
    return [{ ...identity, logicalId, metadata: resource.Metadata, read }];

    function read<Schema extends z.ZodMiniObject>(schema: Schema): z.infer<Schema> {
      const named = Object.entries(resource.Properties).filter(([name]) => Object.hasOwn(schema.shape, name));
      const result = schema.safeParse(resolveValue(Object.fromEntries(named), context));
      if (result.success) return result.data;
      throw new Error(
        `The local run does not support ${logicalId} of the type ${resource.Type}: ${z.prettifyError(result.error)}`,
      );
    }
  }

  return {
    resources: (...types) =>
      Object.entries(template.Resources)
        .filter(([, resource]) => types.includes(resource.Type))
        .flatMap(([logicalId, resource]) => readable(logicalId, resource)),
  };
}

/** As CloudFormation's, with a UUID that is another one for each stack; this one is nowhere else. */
function stackIdOf({ region, accountId, stackName }: LocalDeployment): string {
  return `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/10ca10ca-10ca-10ca-10ca-10ca10ca10ca`;
}

/** Each start generates other secrets. Only the functions and the local distribution need them. */
function generatedSecrets(): (ref: string) => string {
  const secrets = new Map<string, string>();
  return (ref) => {
    const secret = secrets.get(ref) ?? randomBytes(24).toString('hex');
    secrets.set(ref, secret);
    return secret;
  };
}

function refuseUnknownTypes(template: Template): void {
  for (const [logicalId, { Type: type, Condition: condition }] of Object.entries(template.Resources)) {
    if (ignoredTypes.has(type)) continue;
    if (!Object.hasOwn(emulatedTypes, type)) {
      throw new LocalProblem(
        `The stack contains ${logicalId} of the type ${type}, which the local run neither emulates nor ignores.\n` +
          'Add the type to one of the two lists in local/template/identities.ts.',
      );
    }
    if (condition !== undefined) {
      throw new LocalProblem(
        `The stack creates ${logicalId} only under the condition ${condition}. The local run supports no conditions.`,
      );
    }
  }
}
