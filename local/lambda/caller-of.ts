import * as z from 'zod/mini';
import type { Stack } from '../template/stack';
import { functionNameIn } from './functions';
import type { Caller } from './in-threads';

const integrationSchema = z.object({ IntegrationUri: z.string() });

/** Tells for each function whether the API calls it, or the state machine, a queue or a rule does. */
export function callersIn(stack: Stack): (functionName: string) => Caller {
  const byApi = stack
    .resources('AWS::ApiGatewayV2::Integration')
    .map(({ read }) => functionNameIn(read(integrationSchema).IntegrationUri));
  return (name) => (byApi.includes(name) ? 'api' : 'background');
}
