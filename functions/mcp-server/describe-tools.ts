import type { Tool as ToolDescription } from '@modelcontextprotocol/server';
import { jsonSchema } from '../edge/http/json-schema';
import type { Tool } from './tool';

/**
 * Tools as `tools/list` tells of them, with JSON Schema 2020-12 made from the schemas that parse their arguments and
 * results. Made once: nothing in it depends on the caller.
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
/** Nothing is destroyed, but webhooks go out into the world; only with a key may it be repeated. */
const startsRuns = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };
