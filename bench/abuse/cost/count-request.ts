import type { Database } from '../../../functions/aws/database';
import { functionLimits } from '../../../functions/contract/functions';
import type { Answer } from '../../../test/support/http-calls';
import { startRest, type Rest } from '../../../test/support/rest';
import { interceptDatabase } from '../../../test/support/requests';
import { charge } from '../../cost/charge';
import { accessLogBytes, functionLogBytes } from '../../cost/count/log-bytes';
import { model } from '../../cost/model';
import { prices } from '../../cost/prices';

/** What AWS would bill for one request of the REST API. */
export interface Counted {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Time of the function: its requests to the table, one after another, and its own code. */
  readonly ms: number;
  readonly logBytes: number;
  readonly replyBytes: number;
}

export type RequestCounter = Awaited<ReturnType<typeof openRequestCounter>>;

/** The product's REST API on an embedded table, which counts what AWS would bill for each request. */
export async function openRequestCounter() {
  let [reads, writes, ms, inFlight] = [0, 0, 0, 0];
  const rest: Rest = await startRest((table) => counting(table));

  function counting(table: Database): Database {
    return interceptDatabase(table, async (command, send): Promise<unknown> => {
      // Requests that are under way at the same time take as long as one of them.
      if (inFlight === 0) ms += model.dynamodbMs;
      inFlight += 1;
      try {
        const charged = await charge(table, command, send);
        reads += charged.reads;
        writes += charged.writes.table + charged.writes.index;
        if (charged.outcome.status === 'rejected') throw charged.outcome.reason;
        return charged.outcome.value;
      } finally {
        inFlight -= 1;
      }
    });
  }

  return {
    rest,
    /** Sends requests of one kind. @returns the average of one */
    count: async (times: number, request: (index: number) => Promise<Answer>): Promise<Counted> => {
      [reads, writes, ms] = [0, 0, 0];
      const loggedBefore = rest.logged.length;
      let replyBytes = 0;
      for (let index = 0; index < times; index += 1) {
        const reply: unknown = await request(index);
        replyBytes += Buffer.byteLength(JSON.stringify(reply)) + model.gatewayReplyBytes;
      }
      const logBytes = functionLogBytes(rest.logged.slice(loggedBefore).map((fields) => ['info', fields]));
      return {
        readUnits: reads / times,
        writeUnits: writes / times,
        ms: model.ownMs + ms / times,
        logBytes: accessLogBytes + logBytes / times,
        replyBytes: replyBytes / times,
      };
    },
  };
}

/** US$ of one request that came through CloudFront and API Gateway. */
export function usdOf({ readUnits, writeUnits, ms, logBytes, replyBytes }: Counted): number {
  return (
    prices.edgeRequest.usd +
    prices.httpRequest.usd +
    prices.lambdaRequest.usd +
    functionTimeUsd(ms) +
    readUnits * prices.readUnit.usd +
    writeUnits * prices.writeUnit.usd +
    logBytes * prices.logByte.usd +
    model.traceRate * prices.trace.usd +
    replyBytes * prices.edgeByte.usd
  );
}

export function functionTimeUsd(ms: number): number {
  return (ms / 1000) * (functionLimits['rest-api'].memoryMb / 1024) * prices.lambdaGbSecond.usd;
}
