import type { Tool as ToolDescription } from '@modelcontextprotocol/server';
import { jsonSchema } from '../../edge/http/json-schema';
import { outline } from './outline';
import type { Tool } from './tool';

/**
 * Describes tools as `tools/list` returns them. Their JSON Schema 2020-12 is generated from the schemas that parse arguments
 * and results. It is generated once for each tool: nothing in it depends
 * on the caller, and tools that are made for one request are forgotten with it.
 */
export function toolDescriptions(): (tools: readonly Tool[]) => ToolDescription[] {
  const made = new WeakMap<Tool, ToolDescription>();
  const descriptionOf = (tool: Tool) => {
    const known = made.get(tool) ?? describe(tool);
    made.set(tool, known);
    return known;
  };
  return (tools) => tools.map(descriptionOf);
}

function describe({ name, title, description, input, output, hidesOutput, access }: Tool): ToolDescription {
  return {
    name,
    title,
    description,
    inputSchema: { ...jsonSchema(input, 'input'), type: 'object' },
    ...(hidesOutput !== true && {
      outputSchema: { ...outline(jsonSchema(output, 'output')), type: 'object' as const },
    }),
    annotations: access === 'reads' ? readsOnly : startsRuns,
  };
}

const readsOnly = { readOnlyHint: true, openWorldHint: false };
/** Nothing is destroyed, but webhooks leave the product. A call may only be repeated with an idempotency key. */
const startsRuns = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };
