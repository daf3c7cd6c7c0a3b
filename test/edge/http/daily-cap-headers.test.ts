import { dailyCapHeaders } from '../../../functions/edge/http/daily-cap-headers';
import { noon } from '../../support/builders';

const resetsAt = new Date('2026-11-23T00:00:00.000Z');

test('the RateLimit header says how many runs are left and when the cap resets', () => {
  expect(dailyCapHeaders({ cap: 100, used: 40, resetsAt }, noon)).toEqual({
    'ratelimit-policy': '"daily-runs";q=100;w=86400',
    ratelimit: '"daily-runs";r=60;t=43200',
  });
});

test('the RateLimit header never has a negative number, even after the cap was lowered', () => {
  expect(dailyCapHeaders({ cap: 50, used: 60, resetsAt }, noon)['ratelimit']).toBe('"daily-runs";r=0;t=43200');
});
