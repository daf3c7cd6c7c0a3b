import { seededRandom } from './random';
import { deliveryBatches } from '../../functions/contract/functions';

/** One tenant's receiver hangs while the tenant has a backlog; all others send now and then and are answered at once. */
const hotTenant = {
  backlog: 5_000,
  /** Each of its attempts waits for the whole timeout. */
  hotSeconds: 15,
  quietSeconds: 0.15,
  /** Of all quiet tenants together. */
  quietPerSecond: 10,
} as const;

/**
 * When SQS takes a tenant for a noisy neighbour: more than a tenth of all messages in flight, and at least 30 of its own.
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
 * How long quiet tenants' messages wait for a worker while the hot tenant's backlog lasts, in seconds, sorted.
 *
 * @param fair whether the queue knows tenants; otherwise it hands over what came first
 */
export function quietWaits(fair: boolean): number[] {
  const random = seededRandom(1);
  // The backlog is no news: workers are somewhere in its attempts.
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

/** @param share 0.5 for the median */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
