import * as z from 'zod/mini';
import { LocalProblem } from '../local-problem';
import { ignoredTypes, playedTypes, type LocalPlace } from './identities';
import { resolveValue, type ResolutionContext, type ResourceIdentity } from './resolve';
import type { Template, TemplateResource } from './template';

/** One resource of the template. */
export interface StackResource extends ResourceIdentity {
  readonly logicalId: string;
  /**
   * The properties that the schema names, as CloudFormation would hand them to the service. The others are not even
   * resolved: they may refer to what exists only in AWS, such as a role.
   */
  readonly read: <Schema extends z.ZodMiniObject>(schema: Schema) => z.infer<Schema>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Stack {
  readonly resources: (...types: readonly string[]) => StackResource[];
}

/** The template placed on this machine. */
export function placeStack(template: Template, place: LocalPlace): Stack {
  refuseUnknownTypes(template);
  const context: ResolutionContext = {
    template,
    pseudoParameters: {
      'AWS::AccountId': place.accountId,
      'AWS::Partition': 'aws',
      'AWS::Region': place.region,
      'AWS::StackName': place.stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    },
    identify,
  };

  function identify(logicalId: string): ResourceIdentity | undefined {
    const resource = template.Resources[logicalId];
    if (!resource || !Object.hasOwn(playedTypes, resource.Type)) return undefined;
    return playedTypes[resource.Type]?.({
      logicalId,
      name: (property) => physicalName(logicalId, resource, property),
      place,
    });
  }

  function physicalName(logicalId: string, resource: TemplateResource, property: string): string {
    const name = resolveValue(resource.Properties[property], context);
    return typeof name === 'string' ? name : logicalId;
  }

  function placed(logicalId: string, resource: TemplateResource): StackResource[] {
    const identity = identify(logicalId);
    if (!identity) return [];
    return [{ ...identity, logicalId, metadata: resource.Metadata, read }];

    function read<Schema extends z.ZodMiniObject>(schema: Schema): z.infer<Schema> {
      const named = Object.entries(resource.Properties).filter(([name]) => Object.hasOwn(schema.shape, name));
      const result = schema.safeParse(resolveValue(Object.fromEntries(named), context));
      if (result.success) return result.data;
      throw new Error(
        `The local run does not understand ${logicalId}, a ${resource.Type}: ${z.prettifyError(result.error)}`,
      );
    }
  }

  return {
    resources: (...types) =>
      Object.entries(template.Resources)
        .filter(([, resource]) => types.includes(resource.Type))
        .flatMap(([logicalId, resource]) => placed(logicalId, resource)),
  };
}

function refuseUnknownTypes(template: Template): void {
  for (const [logicalId, { Type: type, Condition: condition }] of Object.entries(template.Resources)) {
    if (ignoredTypes.has(type)) continue;
    if (!Object.hasOwn(playedTypes, type)) {
      throw new LocalProblem(
        `The stack holds ${logicalId}, a ${type}, which the local run neither plays nor knows to ignore.\n` +
          'Add the type to one of the two lists in local/template/identities.ts.',
      );
    }
    if (condition !== undefined) {
      throw new LocalProblem(
        `The stack creates ${logicalId} only under ${condition}; the local run does not know conditions.`,
      );
    }
  }
}
