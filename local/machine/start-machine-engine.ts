import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { closeServer, listenForPrograms, loopback } from '../listen';
import { readBody } from '../read-body';
import type { Execution } from './execution';
import { StatesRefusal, type Executions } from './executions';

const startSchema = z.object({
  stateMachineArn: z.string(),
  name: z.optional(z.string()),
  input: z.optional(z.string()),
});
const byArnSchema = z.object({ executionArn: z.string() });

/** Far above the size of the largest legal request. */
const bodyLimitBytes = 1024 * 1024;

export interface MachineEngine {
  readonly endpoint: string;
  /** Starts answering. Earlier requests wait, because the machines need the functions, which need this endpoint. */
  readonly serve: (executions: Executions) => void;
  readonly stop: () => Promise<void>;
}

/** Emulates the three actions of Step Functions that the product uses, in the SDK's protocol (AWS JSON 1.0). */
export async function startMachineEngine(): Promise<MachineEngine> {
  let serve: (executions: Executions) => void = () => undefined;
  const ready = new Promise<Executions>((resolve) => (serve = resolve));
  const server = createServer((request, response) => {
    void ready.then((executions) => answer(request, response, executions));
  });
  const port = await listenForPrograms(server);
  return { endpoint: `http://${loopback}:${port}`, serve, stop: () => closeServer(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, executions: Executions): Promise<void> {
  const [status, body] = await act(request, executions).then(
    (result): [number, unknown] => [200, result],
    (error: unknown) => refusalOf(error),
  );
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}

async function act(request: IncomingMessage, executions: Executions): Promise<unknown> {
  const body: unknown = JSON.parse((await readBody(request, bodyLimitBytes)).toString('utf8'));
  const action = String(request.headers['x-amz-target']).replace('AWSStepFunctions.', '');
  switch (action) {
    case 'StartExecution': {
      const { stateMachineArn, name, input } = startSchema.parse(body);
      const execution = executions.start(stateMachineArn, name, input);
      return { executionArn: execution.arn, startDate: seconds(execution.startedAtMs) };
    }
    case 'DescribeExecution':
      return describe(executions.describe(byArnSchema.parse(body).executionArn));
    case 'StopExecution': {
      const { end } = await executions.stop(byArnSchema.parse(body).executionArn);
      return { stopDate: seconds(end?.stoppedAtMs ?? Date.now()) };
    }
    default:
      throw new StatesRefusal('UnknownOperationException', `The local run does not support ${action}`);
  }
}

function describe({ arn, name, machineArn, input, startedAtMs, end }: Execution) {
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    input,
    status: end?.status ?? 'RUNNING',
    startDate: seconds(startedAtMs),
    ...(end && { stopDate: seconds(end.stoppedAtMs), output: end.output, error: end.error, cause: end.cause }),
  };
}

function refusalOf(error: unknown): [number, unknown] {
  if (error instanceof StatesRefusal) return [400, { __type: error.code, message: error.message }];
  return [400, { __type: 'ValidationException', message: String(error) }];
}

function seconds(epochMs: number): number {
  return epochMs / 1000;
}
