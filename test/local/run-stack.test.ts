import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApi } from '../../local/api/start-api';
import { machineClient, queueClient } from '../../local/aws-clients';
import { openDataFolder } from '../../local/data-folder';
import { closeServer, listenOnLoopback } from '../../local/listen';
import { runStack, type RunningStack } from '../../local/run-stack';
import { startUndo } from '../../local/undo';
import { aBuiltStack, aTemplate } from './fixtures/stack';

const folder = mkdtempSync(join(tmpdir(), 'local-stack-'));
const traceFile = join(folder, 'trace');
const undo = startUndo();
const problems: string[] = [];
let running: RunningStack;
let origin: string;

beforeAll(async () => {
  const api = await undo.own(startApi(0), ({ stop }) => stop());
  origin = api.origin;
  const data = openDataFolder(join(folder, 'data'));
  running = await runStack(
    Promise.resolve(aBuiltStack(folder, aTemplate(traceFile))),
    {
      projectFolder: resolve(__dirname, '../..'),
      data,
      api,
      issuerOrigin: 'http://127.0.0.1:5000',
      localVariables: { LOCAL_ONLY: 'yes' },
      findPage: () => undefined,
      report: (problem) => problems.push(problem),
    },
    undo,
  );
  running.open();
});

afterAll(async () => {
  await undo.run();
  rmSync(folder, { recursive: true, force: true });
});

function traced(key: string): unknown[] {
  const lines = readFileSync(traceFile, { encoding: 'utf8', flag: 'a+' }).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((entry) => key in entry);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

describe('a local stack', () => {
  it('answers a request with the function of its route', async () => {
    const answer = await fetch(`${origin}/some/path?a=1`);

    expect(answer.headers.get('apigw-requestid')).toMatch(/=$/);
    expect(await answer.json()).toMatchObject({
      event: { rawPath: '/some/path', rawQueryString: 'a=1', requestContext: { http: { method: 'GET' } } },
      functionName: 'Api',
    });
  });

  it('gives each function its own environment and no variables of the user’s shell', async () => {
    const seenByApi = await (await fetch(origin)).json();

    expect(seenByApi).toMatchObject({ name: 'api', home: null });
    await queueClient(running.endpoints.queue).send(
      new SendMessageCommand({ QueueUrl: running.stack.resources('AWS::SQS::Queue')[0]!.ref, MessageBody: 'good' }),
    );
    await until(() => traced('worker').length > 0);
    expect(traced('worker')).toEqual([{ worker: 'worker', bodies: ['good'] }]);
  });

  it('writes the output of functions to a file and not to the terminal', async () => {
    const printed = jest.spyOn(console, 'log');
    await fetch(`${origin}/logged`);

    expect(readFileSync(join(folder, 'data', 'logs', 'functions.log'), 'utf8')).toContain(
      '{"event":"api_called","path":"/logged"}',
    );
    expect(printed).not.toHaveBeenCalled();
  });

  it('answers 500 for a function that throws, and reports it in the terminal', async () => {
    const answer = await fetch(`${origin}/throws`);

    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ message: 'Internal Server Error' });
    expect(problems).toContain('Api failed: TypeError: no such luck');
  });

  it('refuses a body over 10 MB as API Gateway does', async () => {
    const answer = await fetch(origin, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });

    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ message: 'Request Entity Too Large' });
  });

  it('sends the end of Standard executions to rules, and nothing of Express ones, like AWS', async () => {
    const sfn = machineClient(running.endpoints.machine);
    for (const { ref, logicalId } of running.stack.resources('AWS::StepFunctions::StateMachine')) {
      await sfn.send(new StartExecutionCommand({ stateMachineArn: ref, name: logicalId, input: '{"fail":true}' }));
    }
    await until(() => traced('listener').length > 0);
    await sleep(100);

    expect(traced('listener')).toEqual([
      {
        listener: expect.objectContaining({
          source: 'aws.states',
          'detail-type': 'Step Functions Execution Status Change',
          detail: expect.objectContaining({
            name: 'Standard',
            status: 'FAILED',
            input: '{"fail":true}',
            error: 'UnluckyError',
            cause: expect.stringContaining('"errorMessage":"on purpose"'),
          }),
        }),
      },
    ]);
    sfn.destroy();
  });
});

describe('a port', () => {
  it('that is taken causes an error that names it and says what to do', async () => {
    const other = createServer();
    const port = await listenOnLoopback(other, 0);

    await expect(startApi(port)).rejects.toThrow(
      `Another program is using port ${port}. Stop that program, or choose another port: PORT=${port + 10} npm start`,
    );
    await closeServer(other);
  });
});
