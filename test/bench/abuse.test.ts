import { decodeJwt } from 'jose';
import { attacks } from '../../bench/abuse/attacks/attacks';
import { legalUsdADay, usdADayAtBound } from '../../bench/abuse/cost/bounds';
import { unitNames, type UnitCosts } from '../../bench/abuse/cost/unit-costs';
import { fillIn, madeUp } from '../../bench/abuse/load/made-up';
import { isAdmitted, outcomeOf } from '../../bench/abuse/load/send-request';
import { percentile } from '../../bench/abuse/percentile';
import { figuresOf } from '../../bench/abuse/report/figures';
import { judgeCost, judgeTime } from '../../bench/abuse/report/verdict';
import { tokenKindOf } from '../../functions/domain/tenant/token';

/** Everything costs a dollar per million, except what a test says. */
const costs = (others: Partial<UnitCosts> = {}): UnitCosts =>
  ({ ...Object.fromEntries(unitNames.map((name) => [name, 1e-6])), ...others }) as UnitCosts;
const attackNamed = (name: string) => attacks.find((attack) => attack.name === name)!;

describe('what was measured', () => {
  test('a percentile is the value at its rank', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);

    expect([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0.99)]).toEqual([100, 198, 7]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test.each([
    [200, '{"data":[]}', '200', true],
    [302, '', '302', true],
    [429, '{"status":429,"code":"rate_limited"}', '429 rate_limited', false],
    [503, 'Service Unavailable', '503', false],
    [
      200,
      '{"result":{"content":[{"type":"text","text":"Too many requests\\nrate_limited: This tenant"}],"isError":true}}',
      '200 rate_limited',
      false,
    ],
    [200, '{"result":{"isError":true,"content":[]}}', '200 isError', false],
  ])('an answer %d %s counts as %s', (status, body, outcome, admitted) => {
    expect(outcomeOf(status, body)).toBe(outcome);
    expect(isAdmitted(outcome)).toBe(admitted);
  });

  test('the quiet tenant is compared round by round, and one disturbed round does not decide', () => {
    const calls = (ms: number) => ({ ms: [ms, ms], bareMs: [1], failed: {} });
    const load = { seconds: 2, outcomes: { '200': 100, '429 rate_limited': 300 }, unanswered: 0, longestMs: 1 };

    const figures = figuresOf(
      attackNamed('one-token'),
      {
        alone: [calls(10), calls(10), calls(20)],
        beside: [calls(20), calls(900), calls(30)],
        loads: [load, { ...load, outcomes: {} }],
        busy: 1,
      },
      costs({ 'list of few workflows': 3e-6 }),
    );

    expect(figures).toMatchObject({ p99: 2, median: 2, bareP99: 1, machine: 2, requestsASecond: 200 });
    // 50 admitted and 150 refused requests a second.
    expect(figures.usdReached).toBeCloseTo(86_400 * (50 * 3e-6 + 150 * 1e-6), 6);
  });
});

describe('what an attack may cost', () => {
  test('strangers are bounded by the throttle of the stage, and by nothing where only CloudFront answers', () => {
    const usd = costs({ 'made-up token': 3e-6 });

    expect(usdADayAtBound('stage', 'made-up token', usd)).toBeCloseTo(1_000 * 86_400 * 3e-6, 6);
    expect(usdADayAtBound('nothing', 'file at the edge', usd)).toBeUndefined();
  });

  test('a tenant is bounded by its rate, its waits, its cap, and its limits of a day', () => {
    const aDay = 6_000 * 1_440;
    const usd = costs({ 'held wait': 100e-6, 'failing delivery': 50e-6 });
    const atBound = (bound: Parameters<typeof usdADayAtBound>[0], unit: Parameters<typeof usdADayAtBound>[1]) =>
      usdADayAtBound(bound, unit, usd);

    expect(atBound('requests', 'replay')).toBeCloseTo(aDay * 1e-6, 6);
    expect(atBound('waits', 'replay')).toBeCloseTo(43_200 * 100e-6 + (aDay - 43_200) * 1e-6, 6);
    expect(atBound('daily cap', 'held wait')).toBeCloseTo(1_000 * 100e-6, 6);
    expect(atBound('hourly limits', 'failing delivery')).toBeCloseTo(50_400 * 50e-6 + (aDay - 50_400) * 1e-6, 6);
    expect(atBound('limits of rows', 'version of 60 KB')).toBeCloseTo(aDay * 1e-6, 6);
  });

  test('the legal use of a day is the whole cap, and each run sends as many deliveries as it may', () => {
    expect(legalUsdADay(costs({ 'run of 2,500 deliveries': 0.02 }))).toBeCloseTo(20, 6);
  });
});

describe('a target', () => {
  const time = (p99: number, bareP99: number, quietFailed = {}) => judgeTime({ p99, bareP99, quietFailed });
  const cost = (name: string, usdAtBound: number | undefined, legal = 1) =>
    judgeCost({ attack: attackNamed(name), usdAtBound }, legal);

  test('is missed if the quiet tenant is slowed down by more than the processor that it shares', () => {
    expect([time(3, 1), time(3.1, 1), time(9, 4.4), time(9, 4.5), time(9, 6)]).toEqual([
      'yes',
      'NO',
      'NO',
      'processor',
      'processor',
    ]);
  });

  test('is missed if a call of the quiet tenant fails', () => {
    expect(time(1, 1, { '429 rate_limited': 1 })).toBe('NO');
  });

  test('of a stranger is left to the web ACL only if a lower rate of the stage would hold it', () => {
    expect(cost('no-token', 25)).toBe('yes');
    expect(cost('no-token', 260)).toBe('web ACL');
    expect(cost('no-token', 270)).toBe('NO');
    expect(cost('documents', undefined)).toBe('web ACL');
  });

  test('of a tenant is missed above ten times its legal use', () => {
    expect([cost('lists', 10), cost('lists', 10.1), cost('lists', undefined)]).toEqual(['yes', 'NO', 'NO']);
  });
});

describe('the attacks', () => {
  test('have names of their own, and are of strangers and of tenants', () => {
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
    expect(new Set(attacks.map(({ by }) => by))).toEqual(new Set(['stranger', 'tenant']));
  });

  test('send another made-up token each time, of the right form', () => {
    const tokens = Array.from({ length: 20 }, () => fillIn(madeUp.pat, ''));

    expect(new Set(tokens).size).toBe(20);
    expect(tokens.map(tokenKindOf)).toEqual(tokens.map(() => 'pat'));
    expect(tokenKindOf(fillIn(madeUp.mcpToken, ''))).toBe('mcp');
    expect(decodeJwt(fillIn(madeUp.idToken, 'https://issuer.example')).iss).toBe('https://issuer.example');
    expect(fillIn(`/${madeUp.word}`, '')).toMatch(/^\/[0-9a-f]{18}$/);
  });
});
