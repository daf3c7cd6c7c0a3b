import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CountedRun } from '../../bench/cost/count/run';
import { outdated } from '../../bench/generated';
import { bursts } from '../../bench/scale/bursts';
import { ceilingsOf } from '../../bench/scale/ceilings';
import { countPage } from '../../bench/scale/count-page';
import { quantile, quietWaits } from '../../bench/scale/fair-queue';
import { burst, midnightBurst, secondOfAll } from '../../bench/scale/midnight-burst';
import { plotScale } from '../../bench/scale/plot-scale';
import { scaleParts } from '../../bench/scale/scale-parts';

let run: CountedRun;
beforeAll(async () => void (run = await countPage()));

test('tables and plot in the documentation are up to date; otherwise run: npm run scale -- --write', () => {
  expect(outdated(scaleParts(run))).toEqual([]);
  expect(readFileSync(join(__dirname, '../../bench/scale/scale.svg'), 'utf8')).toBe(plotScale());
});

test('one tenant is limited by its own bounds before it feels those of all, many tenants by shared quotas', () => {
  const ceilings = ceilingsOf(run, 10_000);
  const own = ceilings.filter(({ quota }) => ['hostPace', 'tenantRequests', 'partition'].includes(quota));

  expect(ceilings.slice(0, 3)).toEqual(own);
  const ofAll = Math.min(...ceilings.map(({ allTenants }) => allTenants));
  for (const { oneTenant, allTenants } of own) {
    expect(oneTenant).toBeLessThan(ofAll);
    expect(allTenants).toBeGreaterThan(ofAll);
  }
});

test('on a fair queue tenants with little traffic do not wait for the backlog of a busy one', () => {
  const [fair, inOrder] = [quietWaits(true), quietWaits(false)];

  expect(quantile(fair, 0.99)).toBeLessThan(5);
  expect(quantile(inOrder, 0.5)).toBeGreaterThan(60);
});

test.each(bursts)('at midnight every trigger is accepted and started within minutes: $name', (limits) => {
  const seconds = midnightBurst(limits);

  expect(seconds.every(({ accepted, started }) => started <= accepted)).toBe(true);
  expect(seconds.at(-1)).toMatchObject({ accepted: burst.tenants * burst.triggersEach });
  expect(secondOfAll(seconds, 'started')).toBeLessThan(240);
});
