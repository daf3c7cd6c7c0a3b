import * as z from 'zod/mini';
import { localRegion } from './aws-clients';
import type { EngineEndpoints } from './lambda/function-environment';
import type { Functions } from './lambda/functions';
import type { Stack } from './template/stack';
import { environmentSchemas } from '../functions/contract/environment';

/** File in the data folder for programs that use the engines directly, such as the operator's commands. */
export const engineAddressesFile = 'engines.json';

/** Path in the data folder of the log file of all functions. */
export const functionLogFile = ['logs', 'functions.log'] as const;

/** Addresses of the engines of a running local run, and the names of the stack's resources in them. */
export const engineAddressesSchema = z.object({
  region: z.string(),
  dynamodb_url: z.string(),
  sqs_url: z.string(),
  sfn_url: z.string(),
  table_name: z.string(),
  delivery_queue_url: z.string(),
  dead_letter_queue_url: z.nullable(z.string()),
  express_state_machine_arn: z.string(),
  standard_state_machine_arn: z.string(),
});
export type EngineAddresses = z.infer<typeof engineAddressesSchema>;

const redriveSchema = z.object({ RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string() })) });

/** Takes the names from the environment variables that the template gives to `rest-api`. */
export function engineAddresses(stack: Stack, functions: Functions, endpoints: EngineEndpoints): EngineAddresses {
  const environment = environmentSchemas['rest-api'].parse(functions.fromFolder('rest-api').environment);
  return {
    region: localRegion,
    dynamodb_url: endpoints.table,
    sqs_url: endpoints.queue,
    sfn_url: endpoints.machine,
    table_name: environment.TABLE_NAME,
    delivery_queue_url: environment.DELIVERY_QUEUE_URL,
    dead_letter_queue_url: deadLetterQueueOf(stack, environment.DELIVERY_QUEUE_URL),
    express_state_machine_arn: environment.EXPRESS_STATE_MACHINE_ARN,
    standard_state_machine_arn: environment.STANDARD_STATE_MACHINE_ARN,
  };
}

function deadLetterQueueOf(stack: Stack, queueUrl: string): string | null {
  const queues = stack.resources('AWS::SQS::Queue');
  const queue = queues.find(({ ref }) => ref === queueUrl);
  const target = queue?.read(redriveSchema).RedrivePolicy?.deadLetterTargetArn;
  return queues.find(({ attributes }) => attributes['Arn'] === target)?.ref ?? null;
}
