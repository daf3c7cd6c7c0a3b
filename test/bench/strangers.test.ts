import { gzipSync } from 'node:zlib';
import { compressedScriptBytes, floods, rateThatCosts, usdADay } from '../../bench/cost/strangers';
import { buildReferenceScript } from '../../bin/reference/script';

const [direct, malformed, madeUp, asked, script, throttled] = floods();

test('a request straight to API Gateway costs API Gateway, one call of the function and its log lines, about 2 US$ per million', () => {
  expect(direct!.usd * 1e6).toBeGreaterThan(1.2);
  expect(direct!.usd * 1e6).toBeLessThan(2.2);
});

test('a made-up token costs one read more than a malformed one, which is less than a tenth of the request', () => {
  expect(madeUp!.usd).toBeGreaterThan(malformed!.usd);
  expect(madeUp!.usd - malformed!.usd).toBeLessThan(malformed!.usd / 10);
});

test('the largest file of the reference page costs its bytes, and less than 26 US$ per million', () => {
  const { length } = gzipSync(buildReferenceScript().text, { level: 6 });

  expect(Math.abs(length - compressedScriptBytes)).toBeLessThan(compressedScriptBytes / 20);
  expect(script!.usd * 1e6).toBeLessThan(26);
});

test('95 requests a second of any kind cost the API at most 25 US$ a day, and the default of 1,000 costs more', () => {
  for (const flood of [direct!, malformed!, madeUp!]) {
    expect(rateThatCosts(25, flood)).toBeGreaterThanOrEqual(95);
    expect(usdADay({ ...flood, perSecond: 95 })).toBeLessThanOrEqual(25);
    expect(usdADay(flood)).toBeGreaterThan(25);
  }
});

test('what an app asks is stored, which costs more than a refusal; its instances bound it to less than a day of those', () => {
  expect(asked!.usd).toBeGreaterThan(madeUp!.usd);
  expect(usdADay(asked!)).toBeLessThan(usdADay(madeUp!)!);
  expect(rateThatCosts(25, asked!)).toBeGreaterThanOrEqual(45);
});

test('what only CloudFront answers has no bound without a web ACL', () => {
  expect([script, throttled].map((flood) => usdADay(flood!))).toEqual([undefined, undefined]);
});
