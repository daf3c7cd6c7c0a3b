import { stageThrottle } from '../../functions/contract/stack';
import { concurrencyOf } from '../../lib/concurrency';
import { sampled } from '../support/sample';
import { lambda, resources, synthesize } from './synthesize';

/** Lambda refuses a reservation that leaves less than 100 of the quota unreserved. */
const alwaysUnreserved = 100;

const reservations = (template: ReturnType<typeof synthesize>['template']) =>
  Object.values(resources(template, 'AWS::Lambda::Function'))
    .map(({ Properties: { ReservedConcurrentExecutions: reserved } }: any) => reserved ?? 0)
    .reduce((sum: number, reserved: number) => sum + reserved, 0);

// Each quota is a synthesis.
test.each(sampled({ whole: [10, 50, 100, 150, 192, 193, 195, 200, 400, 1_000, 5_000], sample: [10, 193, 1_000] }))(
  'a stack for a quota of %i reserves no more than Lambda allows',
  (quota) => {
    const { template } = synthesize({ concurrency: quota });

    const reserved = reservations(template);

    expect(reserved === 0 || quota - reserved >= alwaysUnreserved).toBe(true);
  },
);

test.each([197, 200, 400, 1_000, 5_000])(
  'with a quota of %i, more than half of it is left when every caller waits',
  (quota) => {
    const reserved = concurrencyOf(quota, stageThrottle);
    const { restApi = Infinity, mcpServer = Infinity, authorizationServer = Infinity, waitingPlaces } = reserved;

    expect(restApi + mcpServer + authorizationServer).toBeLessThan(quota / 2);
    expect(waitingPlaces).toBeLessThan(mcpServer);
    expect(waitingPlaces).toBeGreaterThan(0);
  },
);

test.each([10, 50, 100, 190])(
  'with a quota of %i, the throttle keeps requests of a second below it, and nothing waits',
  (quota) => {
    const { throttle, waitingPlaces } = concurrencyOf(quota, stageThrottle);

    expect(throttle.rateLimit).toBeLessThanOrEqual(quota);
    expect(waitingPlaces).toBe(0);
  },
);

test('the workers have no maximum, because the functions that callers reach have one', () => {
  const { template } = synthesize();
  const reserved = (name: Parameters<typeof lambda>[1]) =>
    lambda(template, name).Properties.ReservedConcurrentExecutions;

  expect([reserved('rest-api'), reserved('mcp-server'), reserved('authorization-server')]).toEqual([300, 150, 40]);
  expect(reserved('recover-runs')).toBe(1);
  expect([reserved('run-segment'), reserved('deliver-webhook')]).toEqual([undefined, undefined]);
});
