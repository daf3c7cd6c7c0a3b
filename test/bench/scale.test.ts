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

test('one tenant is limited by its own partitions, many tenants by shared quotas', () => {
  const ceilings = ceilingsOf(run, 10_000);
  const own = ceilings.find(({ quota }) => quota === 'partition')!;

  expect(ceilings[0]).toBe(own);
  expect(Math.min(...ceilings.map(({ allTenants }) => allTenants))).toBeLessThan(own.allTenants);
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
