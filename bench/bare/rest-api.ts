import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { openQueue } from './clients';
import { trigger } from './trigger';

const queue = openQueue();
const QueueUrl = process.env['DELIVERY_QUEUE_URL'];

interface HttpEvent {
  readonly rawPath: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/**
 * Starts a run. The product uses the queue to send webhooks again. The benchmark does not measure that, but the
 * baseline must load the client.
 */
export async function handler({ rawPath, headers, body = '{}', isBase64Encoded }: HttpEvent) {
  if (rawPath.endsWith('/redeliver')) return queue.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] }));
  const sent: { input?: unknown } = JSON.parse(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString());
  const [, , , , workflowId = ''] = rawPath.split('/');
  const run = { id: await trigger(headers['authorization'] ?? '', workflowId, sent.input) };
  return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify(run) };
}
