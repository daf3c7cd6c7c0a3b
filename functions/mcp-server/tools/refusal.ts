import type { CallToolResult } from '@modelcontextprotocol/server';
import { placeOf, type ProductError } from '../../domain/errors';
import { problems } from '../../edge/http/problem';

/**
 * A refusal as the result of a tool, twice: as text for models, and structured for programs. In the text the first line is the
 * title, the same as in a REST problem. The next lines hold the code and what to do, followed by each fault if there are
 * several.
 */
export function refusalOf(error: ProductError, requestId: string): CallToolResult {
  const lines = [
    problems[error.code].title,
    `${error.code}: ${error.message}`,
    ...(error.faults.length > 1 ? error.faults.map((fault) => `${placeOf(fault)}: ${fault.detail}`) : []),
    ...(error.code === 'internal' ? [`request_id: ${requestId}`] : []),
  ];
  return {
    isError: true,
    content: [{ type: 'text', text: lines.join('\n') }],
    structuredContent: structured(error, requestId),
  };
}

/**
 * Some clients hold this against the tool's output schema, although it is no output (the official TypeScript client before its
 * version 2 does). Output schemas therefore require no field, and none of their fields has one of these names and another type.
 */
function structured(error: ProductError, requestId: string): Record<string, unknown> {
  const resetsAt = (error.dailyCap ?? error.rate)?.resetsAt;
  return {
    code: error.code,
    detail: error.message,
    ...(resetsAt !== undefined && { resets_at: resetsAt.toISOString() }),
    ...(error.retryAfterSeconds !== undefined && { retry_after_seconds: error.retryAfterSeconds }),
    ...(error.faults.length > 0 && { errors: error.faults.map((fault) => ({ ...fault })) }),
    ...(error.code === 'internal' && { request_id: requestId }),
  };
}
