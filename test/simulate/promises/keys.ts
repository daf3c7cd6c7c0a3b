import { grouped, rowsOf, unless, type Facts, type Promised } from './promise';

/** For so long a key is remembered: a day from the request that took it, which may have begun a minute before its run. */
const keptMs = 24 * 3_600_000 - 60_000;

/** An idempotency key gives one run within a day, whoever is asked and however often. */
export const keys: Promised = (facts) => ({
  atTheEnd: () => [...judgeRows(facts), ...judgeAnswers(facts)],
});

/** The run that a request started is found by the id of the request. */
function judgeRows(facts: Facts): readonly string[] {
  const sent = new Map(
    facts.system.exchanges.flatMap((exchange) => {
      const key = exchange.call.headers?.['idempotency-key'];
      return key === undefined ? [] : [[exchange.requestId, `${exchange.tenantId} ${exchange.target} ${key}`] as const];
    }),
  );
  const runs = rowsOf(facts, 'run').filter(({ row }) => sent.has(String(row['request_id'])));
  const ofKeys = grouped(runs, ({ row }) => sent.get(String(row['request_id'])) ?? '');
  return [...ofKeys].flatMap(([key, of]) =>
    judgeRuns(
      key,
      of.map(({ row }) => ({ id: row['id'], createdAt: row['created_at'] })),
    ),
  );
}

/** What callers were told. */
function judgeAnswers({ system }: Facts): readonly string[] {
  const accepted = system.exchanges.filter(
    ({ call, answer }) => answer?.status === 202 && call.headers?.['idempotency-key'] !== undefined,
  );
  const ofKeys = grouped(
    accepted,
    ({ tenantId, target, call }) => `${tenantId} ${target} ${String(call.headers?.['idempotency-key'])}`,
  );
  return [...ofKeys].flatMap(([key, of]) =>
    judgeRuns(
      key,
      of.map(({ answer }) => ({ id: answer?.body.id, createdAt: answer?.body.created_at })),
    ),
  );
}

function judgeRuns(
  key: string,
  runs: readonly { readonly id: unknown; readonly createdAt: unknown }[],
): readonly string[] {
  const times = [...new Map(runs.map(({ id, createdAt }) => [id, Date.parse(String(createdAt))]))];
  times.sort(([, one], [, other]) => one - other);
  const isTwice = times.some(([, time], index) => index > 0 && time - (times[index - 1]?.[1] ?? 0) < keptMs);
  return unless(
    !isTwice,
    () => `runs ${times.map(([id]) => String(id)).join(' and ')} were started with one key, ${key}`,
  );
}
