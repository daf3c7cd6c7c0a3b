import { seededRandom } from './random';
import { deliveryBatches } from '../../functions/contract/functions';

/** One tenant has a backlog for a receiver that never answers. Receivers of all other tenants answer at once. */
const hotTenant = {
  backlog: 5_000,
  /** Each attempt for the hot tenant waits for the whole timeout. */
  hotSeconds: 15,
  quietSeconds: 0.15,
  /** Messages of all quiet tenants together. */
  quietPerSecond: 10,
} as const;

/**
 * SQS regards a tenant as a noisy neighbour if it has at least 30 messages in flight, and more than a tenth of all.
 * docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html
 */
const noisyShare = 0.1;
const noisyInFlight = 30;

const tickSeconds = 0.05;

interface Worker {
  freeAt: number;
  hot: number;
  quiet: number;
}

/**
 * Simulates how long messages of quiet tenants wait for a worker until the hot tenant's backlog is gone.
 *
 * @param fair true for a queue that prefers quiet tenants, false for one that delivers in order of arrival
 * @returns the waits in seconds, sorted
 */
export function quietWaits(fair: boolean): number[] {
  const random = seededRandom(1);
  // The backlog has existed for some time, so each worker begins at a random point of an attempt for the hot tenant.
  const workers = Array.from({ length: deliveryBatches.maxConcurrency }, (): Worker => ({
    freeAt: random() * hotTenant.hotSeconds,
    hot: deliveryBatches.batchSize,
    quiet: 0,
  }));
  const waiting: number[] = [];
  const waits: number[] = [];
  let backlog: number = hotTenant.backlog;

  for (let now = 0; backlog > 0 || waiting.length > 0; now += tickSeconds) {
    if (backlog > 0 && random() < hotTenant.quietPerSecond * tickSeconds) waiting.push(now);
    for (const worker of workers.filter(({ freeAt }) => freeAt <= now)) {
      Object.assign(worker, { hot: 0, quiet: 0 });
      const quietFirst = backlog === 0 || (fair && isNoisy(workers));
      worker.quiet = quietFirst ? Math.min(waiting.length, deliveryBatches.batchSize) : 0;
      worker.hot = worker.quiet > 0 ? 0 : Math.min(backlog, deliveryBatches.batchSize);
      backlog -= worker.hot;
      waits.push(...waiting.splice(0, worker.quiet).map((since) => now - since));
      if (worker.hot + worker.quiet > 0)
        worker.freeAt = now + (worker.hot > 0 ? hotTenant.hotSeconds : hotTenant.quietSeconds);
    }
  }
  return waits.sort((a, b) => a - b);
}

function isNoisy(workers: readonly Worker[]): boolean {
  const hot = workers.reduce((total, worker) => total + worker.hot, 0);
  const all = workers.reduce((total, worker) => total + worker.hot + worker.quiet, 0);
  return hot >= noisyInFlight && hot > all * noisyShare;
}

/** @param share 0.5 returns the median */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
