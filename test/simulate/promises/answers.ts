import { usedByDay } from '../../../functions/aws/day-attributes';
import type { Row } from '../../../functions/aws/database';
import type { Exchange } from '../deployment/system';
import { kindOf, none, rowsOf, unless, type Facts, type Promised } from './promise';

/** What was true of a tenant from a step on. */
interface Moment {
  readonly step: number;
  readonly isFull: boolean;
}

/** Every answer is true: accepted runs exist, a cap that refuses is reached, and reads show what was accepted before. */
export const answers: Promised = (facts) => {
  const moments = new Map<string, Moment[]>();
  return {
    onWrite: ({ key, before, after }) => {
      const { kind, tenantId } = kindOf(key);
      if (kind !== 'tenant' || before === undefined || after === undefined) return none;
      const known = moments.get(tenantId) ?? [{ step: 0, isFull: isFull(before) }];
      known.push({ step: facts.system.world.step(), isFull: isFull(after) });
      moments.set(tenantId, known);
      return none;
    },
    atTheEnd: () =>
      facts.system.exchanges.flatMap((exchange) => [
        ...judgeStatus(exchange),
        ...judgeAccepted(facts, exchange),
        ...judgeCap(facts, moments.get(exchange.tenantId) ?? [], exchange),
        ...judgeReads(facts, exchange),
      ]),
  };
};

function isFull(tenant: Row): boolean {
  if (tenant['unlimited'] === true) return false;
  const cap = Number(tenant['daily_cap']);
  return cap === 0 || Object.values(usedByDay(tenant)).some((used) => used >= cap);
}

function judgeStatus({ answer, method, target }: Exchange): readonly string[] {
  if (answer === undefined || answer.status < 400 || target === '/mcp') return none;
  const isProblem = answer.headers['content-type']?.startsWith('application/problem+json') === true;
  return [
    ...unless(answer.status !== 500, () => `${method} ${target} was answered 500: ${JSON.stringify(answer.body)}`),
    ...unless(
      isProblem && typeof answer.body?.code === 'string',
      () => `${method} ${target} was answered ${answer.status} without a problem document`,
    ),
  ];
}

function judgeAccepted({ system }: Facts, { answer, tenantId, target }: Exchange): readonly string[] {
  if (answer?.status !== 202 || !/\/(runs|rerun)$/.test(target)) return none;
  const row = system.table.get(`T#${tenantId}#RUN`, String(answer.body.id).padStart(10, '0'));
  return unless(
    row !== undefined && row['void'] !== true,
    () => `run ${String(answer.body.id)} was accepted with 202, but does not exist`,
  );
}

/** A refusal by the cap is right if the cap was reached at some time between the request and its answer. */
function judgeCap({ ground }: Facts, moments: readonly Moment[], exchange: Exchange): readonly string[] {
  const code: unknown = exchange.answer?.body?.code;
  if (code !== 'daily_cap_reached') return none;
  const before = moments.filter(({ step }) => step <= exchange.fromStep).at(-1);
  const during = moments.filter(({ step }) => step > exchange.fromStep && step <= exchange.toStep);
  const first = ground.rows.find(({ pk, sk }) => pk === `T#${exchange.tenantId}` && sk === 'TENANT');
  const wasFull = [before?.isFull ?? isFull(first ?? {}), ...during.map((moment) => moment.isFull)];
  return unless(wasFull.includes(true), () => `${exchange.target} was refused by the cap, which was not reached`);
}

/** The list of runs and the usage are consistent reads: both know every run that was accepted before they were asked. */
function judgeReads(facts: Facts, { answer, tenantId, target, fromStep }: Exchange): readonly string[] {
  if (answer?.status !== 200 || !/workflow-runs$|usage$/.test(target)) return none;
  const accepted = facts.system.exchanges.filter(
    (other) =>
      other.tenantId === tenantId &&
      other.answer?.status === 202 &&
      /\/(runs|rerun)$/.test(other.target) &&
      other.toStep < fromStep,
  );
  const ids = new Set(accepted.map((other) => Number(other.answer?.body.id)));
  if (target.endsWith('usage')) {
    const today = rowsOf(facts, 'run').filter(
      ({ tenantId: of, row }) => of === tenantId && ids.has(Number(row['id'])) && row['day'] === answer.body.day,
    );
    return unless(
      answer.body.used >= today.length,
      () => `usage says ${String(answer.body.used)}, but ${today.length} runs were accepted before`,
    );
  }
  const listed = new Set(answer.body.data.map(({ id }: { id: number }) => id));
  const missing = [...ids].filter((id) => !listed.has(id));
  return unless(
    missing.length === 0,
    () => `a list of runs lacks run ${missing.join(', ')}, which was accepted before`,
  );
}
