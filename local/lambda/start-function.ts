import { randomUUID } from 'node:crypto';
import { callsAtOnce, limitConcurrency } from '../limit-concurrency';
import type { FunctionResource } from './function-resource';
import type { FunctionError, InvocationResult, InvokeFunction } from './invoke';
import type { Handler } from './load-handler';

/** Limit of a request and of a response: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const payloadLimitBytes = 6 * 1024 * 1024;

/** Calls a handler as Lambda would, with JSON payloads, a context, a timeout, error names and reserved concurrency. */
export function startFunction(resource: FunctionResource, handler: Handler): InvokeFunction {
  const takeTurn = limitConcurrency(resource.reservedConcurrency ?? callsAtOnce);
  return (event) => takeTurn(() => invokeOnce(resource, handler, event));
}

async function invokeOnce(resource: FunctionResource, handler: Handler, event: unknown): Promise<InvocationResult> {
  const requestId = randomUUID();
  const deadlineMs = Date.now() + resource.timeoutSeconds * 1000;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<InvocationResult>((resolve) => {
    timer = setTimeout(() => resolve(timedOut(requestId, resource)), resource.timeoutSeconds * 1000);
  });
  try {
    const context = contextOf(resource, requestId, deadlineMs);
    // A handler that exceeds its timeout goes on in the background here, whereas Lambda would end it.
    return await Promise.race([call(handler, JSON.parse(JSON.stringify(event)), context), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function call(handler: Handler, event: unknown, context: unknown): Promise<InvocationResult> {
  try {
    const text = JSON.stringify((await handler(event, context)) ?? null);
    if (Buffer.byteLength(text) <= payloadLimitBytes) return { ok: true, payload: JSON.parse(text) };
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${payloadLimitBytes} bytes).`;
    return { ok: false, error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage, trace: [] } };
  } catch (thrown) {
    return { ok: false, error: describeThrown(thrown) };
  }
}

function describeThrown(thrown: unknown): FunctionError {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    const name = 'name' in thrown ? String(thrown.name) : 'Error';
    const stack = 'stack' in thrown ? String(thrown.stack) : '';
    return { errorType: name, errorMessage: String(thrown.message), trace: stack.split('\n') };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

function timedOut(requestId: string, { timeoutSeconds }: FunctionResource): InvocationResult {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return { ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage, trace: [] } };
}

function contextOf(resource: FunctionResource, requestId: string, deadlineMs: number) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: resource.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: resource.arn,
    memoryLimitInMB: String(resource.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${resource.name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}
