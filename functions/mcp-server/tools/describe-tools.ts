import type { Tool as ToolDescription } from '@modelcontextprotocol/server';
import { jsonSchema } from '../../edge/http/json-schema';
import type { Tool } from './tool';

/**
 * The tools as `tools/list` returns them. Their JSON Schema 2020-12 is generated from the schemas that parse arguments
 * and results. It is generated once, because nothing in it depends on the caller.
 */
export function toolDescriptions(tools: readonly Tool[]): () => ToolDescription[] {
  let made: ToolDescription[] | undefined;
  return () => (made ??= tools.map(describe));
}

function describe({ name, title, description, input, output, access }: Tool): ToolDescription {
  return {
    name,
    title,
    description,
    inputSchema: { ...jsonSchema(input, 'input'), type: 'object' },
    outputSchema: { ...jsonSchema(output, 'output'), type: 'object' },
    annotations: access === 'reads' ? readsOnly : startsRuns,
  };
}

const readsOnly = { readOnlyHint: true, openWorldHint: false };
/** Nothing is destroyed, but webhooks leave the product. A call may only be repeated with an idempotency key. */
const startsRuns = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };
