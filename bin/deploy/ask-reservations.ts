import { GetTemplateCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import type { Reservations } from './concurrency-setting';

/** As the CDK writes it. Other resources may have anything else in their properties. */
const templateSchema = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.optional(z.looseObject({})) })),
});

/** @throws Error if Lambda does not answer */
export async function askReservations(
  { lambda, cloudFormation }: { readonly lambda: LambdaClient; readonly cloudFormation: CloudFormationClient },
  stackName: string,
): Promise<Reservations> {
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
  const quota = AccountLimit?.ConcurrentExecutions;
  if (quota === undefined) throw new Error('the answer names no quota');
  const unreserved = AccountLimit?.UnreservedConcurrentExecutions ?? quota;
  // Only if anybody has reserved something does it matter who.
  const own = unreserved < quota ? await reservedBy(cloudFormation, stackName) : 0;
  return { quota, unreserved, own };
}

/** What the functions of a deployed stack have reserved: 0 if there is no such stack, or if it may not be read. */
async function reservedBy(client: CloudFormationClient, stackName: string): Promise<number> {
  const command = new GetTemplateCommand({ StackName: stackName });
  const answer = await client.send(command).catch(() => undefined);
  const { Resources: resources } = templateSchema.parse(JSON.parse(answer?.TemplateBody ?? '{"Resources":{}}'));
  return Object.values(resources).reduce((sum, { Type: type, Properties: properties }) => {
    const reserved = type === 'AWS::Lambda::Function' ? properties?.['ReservedConcurrentExecutions'] : undefined;
    return sum + (typeof reserved === 'number' ? reserved : 0);
  }, 0);
}
