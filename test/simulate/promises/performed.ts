import type { Row } from '../../../functions/aws/database';
import type { Invocation } from '../schedule/invocation';
import { isOpenRun, kindOf, none, rowsOf, unless, type Facts, type Promised } from './promise';

/** A webhook step that a segment has performed. */
interface Fired {
  readonly by: Invocation;
  readonly tenantId: string;
  readonly event: Row;
}

/**
 * What is performed is in the trail, also if the run was ended meanwhile, and nothing is performed by a segment that began
 * after the end.
 */
export const performed: Promised = (facts) => {
  const endedAtStep = new Map<string, number>();
  const fired: Fired[] = [];
  /** Runs of which a call of a segment was disturbed, by tenant and number. */
  const disturbed = new Set<string>();
  return {
    onWrite: ({ key, before, after, by }) => {
      const { kind, tenantId } = kindOf(key);
      if (kind === 'event' && by.functionName === 'run-segment' && typeof after?.['step_index'] === 'number')
        fired.push({ by, tenantId, event: after });
      if (kind !== 'run' || before === undefined || after === undefined) return none;
      const name = `${tenantId}: run ${Number(key.sk)}`;
      if (by.functionName === 'run-segment' && by.faults > 0) disturbed.add(name);
      if (isOpenRun(before) && !isOpenRun(after)) endedAtStep.set(name, facts.system.world.step());
      return unless(
        before['cursor'] === after['cursor'] || by.beganStep <= (endedAtStep.get(name) ?? Infinity),
        () => `${name} has ended as ${String(before['status'])}, and went on afterwards`,
      );
    },
    atTheEnd: () => fired.flatMap((step) => judgeFired(facts, disturbed, step)),
  };
};

/**
 * Only a fault can keep a segment from recording what it did: its own, or that of a repeated call, which records a part
 * before it stops. If the run is then cancelled, the rest is never recorded.
 */
function judgeFired(facts: Facts, disturbed: ReadonlySet<string>, { by, tenantId, event }: Fired): readonly string[] {
  const { id, uid } = event['run'] as Row;
  if (by.faults > 0 || by.endedStep === undefined || disturbed.has(`${tenantId}: run ${Number(id)}`)) return none;
  const found = rowsOf(facts, 'run').find(({ tenantId: of, row }) => of === tenantId && row['uid'] === uid);
  return unless(
    Number(found?.row['cursor']) > Number(event['step_index']),
    () => `${tenantId}: step ${String(event['step_index'])} of run ${String(id)} was performed and is not in its trail`,
  );
}
