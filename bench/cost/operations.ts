import type { FunctionName } from '../../functions/contract/functions';

/** The billed operations of one run. They are averages where several runs share something. */
export interface Operations {
  readonly httpRequests: number;
  readonly invocations: Readonly<Record<FunctionName, number>>;
  readonly lambdaMs: Readonly<Record<FunctionName, number>>;
  readonly dynamodbRequests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly indexWriteUnits: number;
  readonly sqsRequests: number;
  readonly expressStarts: number;
  readonly expressSeconds: number;
  readonly transitions: number;
  readonly logBytes: number;
  readonly egressBytes: number;
  readonly traces: number;
}

/** Computes a count for each function. */
export function perFunction(count: (name: FunctionName) => number): Record<FunctionName, number> {
  return {
    'rest-api': count('rest-api'),
    'mcp-server': count('mcp-server'),
    'authorization-server': count('authorization-server'),
    'run-segment': count('run-segment'),
    'deliver-webhook': count('deliver-webhook'),
    'recover-runs': count('recover-runs'),
    'reconcile-runs': count('reconcile-runs'),
  };
}

export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
