import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { localRegion, queueClient } from '../../local/aws-clients';
import type { InvocationResult } from '../../local/lambda/invoke';
import { pollQueue } from '../../local/queue/poll-queue';
import { createQueues, startQueueEngine, type QueueEngine } from '../../local/queue/start-queue-engine';
import { resolveStack, type Stack } from '../../local/template/stack';
import { aTemplate } from './fixtures/stack';

interface SqsEvent {
  Records: { messageId: string; body: string; attributes: Record<string, string>; eventSourceARN: string }[];
}

let engine: QueueEngine;
let sqs: SQSClient;
let stack: Stack;
let queueUrl: string;
let deadLettersUrl: string;
let stopping: AbortController;
let polling: Promise<void>;

beforeAll(async () => {
  engine = await startQueueEngine(localRegion);
  sqs = queueClient(engine.endpoint);
});

beforeEach(async () => {
  // Each test has its own queues, so that no test receives another test's messages.
  const stackName = `Test${Math.random().toString(36).slice(2)}`;
  const template = aTemplate('');
  for (const id of ['Queue', 'DeadLetters']) {
    template.Resources[id]!.Properties['QueueName'] = { 'Fn::Sub': `\${AWS::StackName}${id}` };
  }
  stack = resolveStack(template, {
    region: localRegion,
    accountId: '000000000000',
    stackName,
    apiOrigin: '',
    issuerOrigin: '',
    queueOrigin: engine.endpoint,
  });
  await createQueues(stack, sqs);
  [queueUrl, deadLettersUrl] = stack.resources('AWS::SQS::Queue').map(({ ref }) => ref) as [string, string];
  stopping = new AbortController();
});

afterEach(async () => {
  stopping.abort();
  await polling;
});

afterAll(async () => {
  sqs.destroy();
  await engine.stop();
});

/** Polls with `handle` and collects the bodies it was called with. */
function poll(handle: (event: SqsEvent) => InvocationResult | Promise<InvocationResult>, batchSize = 10): string[][] {
  const calls: string[][] = [];
  const settings = {
    queueUrl,
    queueArn: 'arn',
    region: localRegion,
    batchSize,
    maxConcurrency: 2,
    reportsBatchItemFailures: true,
  };
  const invoke = async (event: unknown) => {
    const sqsEvent = event as SqsEvent;
    calls.push(sqsEvent.Records.map(({ body }) => body).sort());
    return handle(sqsEvent);
  };
  polling = pollQueue(
    settings,
    sqs,
    invoke,
    (error) => {
      throw error;
    },
    stopping.signal,
  );
  return calls;
}

const send = async (...bodies: string[]) => {
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
};

async function left(): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
  );
  return (
    Number(Attributes['ApproximateNumberOfMessages']) + Number(Attributes['ApproximateNumberOfMessagesNotVisible'])
  );
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

describe('a queue mapped to a function', () => {
  it('delivers a batch and deletes it after the function succeeds', async () => {
    await send('a', 'b');

    const calls = poll(() => ({ ok: true, payload: null }));
    await until(async () => (await left()) === 0);

    expect(calls.flat()).toEqual(['a', 'b']);
  });

  it('passes the same attributes as Lambda to the function', async () => {
    await send('a');
    let event: SqsEvent | undefined;

    poll((received) => {
      event = received;
      return { ok: true, payload: {} };
    });
    await until(async () => event !== undefined && (await left()) === 0);

    expect(event).toMatchObject({
      Records: [
        {
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn',
          awsRegion: localRegion,
          attributes: { ApproximateReceiveCount: '1' },
        },
      ],
    });
  });

  it('deletes only messages that did not fail; the others are retried and end in the dead-letter queue', async () => {
    await send('good', 'bad');

    const calls = poll(({ Records }) => ({
      ok: true,
      payload: {
        batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({
          itemIdentifier: messageId,
        })),
      },
    }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLettersUrl, WaitTimeSeconds: 10 }));

    expect(Messages?.map(({ Body }) => Body)).toEqual(['bad']);
    expect(calls.flat().sort()).toEqual(['bad', 'bad', 'good']);
    expect(await left()).toBe(0);
  });

  it.each<[string, InvocationResult]>([
    ['the function fails', { ok: false, error: { errorType: 'E', errorMessage: 'm', trace: [] } }],
    [
      'the answer names a message of another batch',
      { ok: true, payload: { batchItemFailures: [{ itemIdentifier: 'other' }] } },
    ],
    ['the answer has another shape', { ok: true, payload: { batchItemFailures: 'all' } }],
  ])('keeps the whole batch if %s', async (_what, result) => {
    await send('a', 'b');

    const calls = poll(() => result);
    await until(() => calls.flat().length >= 2);
    stopping.abort();
    await polling;

    expect(await left()).toBe(2);
  });

  it('invokes the function with the configured concurrency, and no more', async () => {
    await send('a', 'b', 'c', 'd');
    let running = 0;
    let most = 0;

    poll(async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(50);
      running -= 1;
      return { ok: true, payload: null };
    }, 1);
    await until(async () => (await left()) === 0);

    expect(most).toBe(2);
  });
});
