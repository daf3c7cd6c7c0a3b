import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { FunctionName } from '../../../functions/contract/functions';
import type { Log } from '../../../functions/edge/log/log';
import type { Arrival } from '../../../test/faults/simulation/receiver';
import type { Execution } from '../../../test/faults/simulation/step-functions';
import { model } from '../model';
import { perFunction, type Operations } from '../operations';
import { accessLogBytes, functionLogBytes } from './log-bytes';
import type { Billed } from './meter';

/** Everything that was recorded about one run. */
export interface RecordedRun {
  readonly bill: readonly Billed[];
  readonly invocations: readonly { readonly of: FunctionName; readonly ms: number }[];
  /** More than one if the run was handed over. */
  readonly executions: readonly Execution[];
  readonly arrivals: readonly Arrival[];
  /** The log lines before formatting, as the arguments of the logger. */
  readonly logged: readonly Parameters<Log>[];
}

export function countOperations(
  { bill, invocations, executions, arrivals, logged }: RecordedRun,
  reply: APIGatewayProxyStructuredResultV2,
  delaySeconds: number,
): Operations {
  const ofService = (service: Billed['service']) => bill.filter((billed) => billed.service === service);
  const timeOf = (name: FunctionName) => ofFunction(invocations, name);
  const express = executions.filter(({ machine }) => machine === 'express');
  const segments = timeOf('run-segment');
  return {
    httpRequests: 1,
    invocations: perFunction((name) => timeOf(name).invocations),
    lambdaMs: perFunction((name) => timeOf(name).ms),
    dynamodbRequests: ofService('dynamodb').length,
    readUnits: sum(bill.map(({ reads }) => reads)),
    writeUnits: sum(bill.map(({ writes }) => writes.table)),
    indexWriteUnits: sum(bill.map(({ writes }) => writes.index)),
    // Sending up to ten small messages takes one request, and so do receiving and deleting a batch.
    sqsRequests: ofService('sqs').length + 2 * timeOf('deliver-webhook').invocations,
    expressStarts: express.length,
    expressSeconds: express.length === 0 ? 0 : expressSeconds(delaySeconds, segments, express.length),
    transitions: sum(executions.map(({ machine, transitions }) => (machine === 'standard' ? transitions : 0))),
    logBytes: accessLogBytes + functionLogBytes(logged.filter(([, { event }]) => event !== 'recovery_pass')),
    egressBytes: replyBytes(reply) + sum(arrivals.map(({ bytes }) => bytes + model.connectionBytes)),
    traces: model.traceRate,
  };
}

function ofFunction(invocations: RecordedRun['invocations'], name: FunctionName): { invocations: number; ms: number } {
  // Recovery runs each minute in any case, so its invocations are not part of the run's cost.
  const own = name === 'recover-runs' ? [] : invocations.filter(({ of }) => of === name);
  const isDelivery = name === 'deliver-webhook';
  // This queue delivers one message at a time. In AWS it delivers batches, whose attempts are made in parallel.
  const count = own.length / (isDelivery ? model.deliveriesPerBatch : 1);
  const ms = sum(own.map((one) => one.ms + (isDelivery ? model.receiverMs : 0)));
  const each = own.length === 0 ? 0 : ms / own.length;
  return { invocations: count, ms: count * (each + model.coldStartRate * model.coldStartMs) };
}

/**
 * Each execution is billed by the 100 ms. Of the three states of a segment's hop, one more is entered at the beginning of an
 * execution, and two more at a hand-over.
 */
function expressSeconds(
  delaySeconds: number,
  segments: { invocations: number; ms: number },
  executions: number,
): number {
  const handOvers = executions - 1;
  const hops = segments.invocations + executions / 3 + (handOvers * 2) / 3;
  const ownMs = segments.ms + hops * model.expressHopMs + handOvers * model.stepFunctionsMs;
  return Math.ceil((delaySeconds + ownMs / 1000) * 10 + handOvers) / 10;
}

function replyBytes({ headers = {}, body = '' }: APIGatewayProxyStructuredResultV2): number {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`.length);
  return sum(head) + Buffer.byteLength(body) + model.gatewayReplyBytes;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
