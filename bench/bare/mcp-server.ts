import { trigger } from './trigger';

interface HttpEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

interface ToolCall {
  readonly id: number;
  readonly params: { readonly arguments: { readonly workflow_id: number; readonly input?: unknown } };
}

/** Starts a run and returns the JSON of a tool's result, without implementing the protocol. */
export async function handler({ headers, body, isBase64Encoded }: HttpEvent) {
  const { id, params }: ToolCall = JSON.parse(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString());
  const { workflow_id: workflowId, input } = params.arguments;
  const structuredContent = {
    run_id: await trigger(headers['authorization'] ?? '', String(workflowId), input),
  };
  const content = [{ type: 'text', text: JSON.stringify(structuredContent) }];
  const reply = { jsonrpc: '2.0', id, result: { content, structuredContent } };
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(reply) };
}
