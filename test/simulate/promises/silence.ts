import type { Arrival } from '../services/receiver';
import { kindOf, none, unless, type Facts, type Promised } from './promise';

/** The status of an endpoint from a step on. */
interface Since {
  readonly step: number;
  readonly status: unknown;
}

/** An endpoint that is disabled or deleted gets no more events, except for those that people send themselves. */
export const silence: Promised = (facts) => {
  const changes = new Map<string, Since[]>();
  return {
    onWrite: ({ key, before, after }) => {
      const { kind, tenantId } = kindOf(key);
      if (kind !== 'endpoint' || before?.['status'] === after?.['status']) return none;
      const name = `${tenantId} ${key.sk.slice('ENDPOINT#'.length)}`;
      changes.set(name, [...(changes.get(name) ?? []), { step: facts.system.world.step(), status: after?.['status'] }]);
      return none;
    },
    atTheEnd: () => facts.arrivals.flatMap((arrival) => judge(facts, changes, arrival)),
  };
};

/** A sender that began while the endpoint was not active, and ended before it was active again, sends nothing. */
function judge(
  { system }: Facts,
  changes: ReadonlyMap<string, readonly Since[]>,
  { by, path, webhookId }: Arrival,
): readonly string[] {
  const tenantId = path.split('/')[1] ?? '';
  const delivery = system.table.get(`T#${tenantId}#DLV`, `DELIVERY#${webhookId.slice('dlv_'.length)}`);
  if (by === undefined || delivery?.['trigger'] !== 'event') return none;
  const known = changes.get(`${tenantId} ${String(delivery['endpoint_id'])}`) ?? [];
  const atFirst = known.filter(({ step }) => step < by.beganStep).at(-1);
  const changesLater = known.some(({ step }) => step >= by.beganStep && step <= (by.endedStep ?? Infinity));
  return unless(
    atFirst === undefined || atFirst.status === 'active' || changesLater,
    () => `${webhookId} was sent although its endpoint was ${atFirst?.status === 'disabled' ? 'disabled' : 'deleted'}`,
  );
}
