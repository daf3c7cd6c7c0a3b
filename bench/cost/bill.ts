import { model } from './model';
import { sumOf, type Operations } from './operations';
import { prices } from './prices';
import { functionLimits, functionNames } from '../../functions/contract/functions';

/** Parts of the bill, in the order in which they are printed. */
export const billParts = [
  'front door',
  'Lambda',
  'table',
  'indexes',
  'queue',
  'Step Functions',
  'logs',
  'egress',
] as const;
export type BillPart = (typeof billParts)[number];
export type Bill = Readonly<Record<BillPart, number>>;

/** The price of a million runs like this one in US$, by part of the bill. */
export function billOf(run: Operations): Bill {
  return {
    'front door': million(run.httpRequests * prices.httpRequest.usd),
    Lambda: million(
      sumOf(run.invocations) * prices.lambdaRequest.usd + lambdaGbSeconds(run) * prices.lambdaGbSecond.usd,
    ),
    table: million(run.writeUnits * prices.writeUnit.usd + run.readUnits * prices.readUnit.usd),
    indexes: million(run.indexWriteUnits * prices.writeUnit.usd),
    queue: million(run.sqsRequests * prices.sqsRequest.usd),
    'Step Functions': million(
      run.expressStarts * prices.expressStart.usd +
        run.expressSeconds * (model.expressMemoryMb / 1024) * prices.expressGbSecond.usd +
        run.transitions * prices.transition.usd,
    ),
    logs: million(run.logBytes * prices.logByte.usd + run.traces * prices.trace.usd),
    egress: million(run.egressBytes * prices.egressByte.usd),
  };
}

function million(usd: number): number {
  return usd * 1e6;
}

function lambdaGbSeconds({ lambdaMs }: Operations): number {
  return functionNames.reduce(
    (total, name) => total + (lambdaMs[name] / 1000) * (functionLimits[name].memoryMb / 1024),
    0,
  );
}
