import type { Row } from '../../../functions/aws/database';
import { endpointPrefix, eventKey } from '../../../functions/aws/keys';
import { deliveryIdOf, runEndEventId } from '../../../functions/domain/delivery/ids';
import { matchesSystemEvent } from '../../../functions/domain/endpoint/subscription';
import { maxRestarts } from '../../../functions/recover-runs/recover-run';
import { none, rowsOf, sameJson, unless, type Facts, type Promised } from './promise';

/** Whoever waits for the end of a run learns of it, and none is given up before it was restarted often enough. */
export const runEnds: Promised = (facts) => ({
  atTheEnd: () =>
    rowsOf(facts, 'run').flatMap(({ tenantId, row }) => [
      ...judgePublished(facts, tenantId, row),
      ...judgeGivenUp(facts, tenantId, row),
    ]),
});

/** An endpoint that was never changed gets the end of each run that it subscribes to. */
function judgePublished({ system, ground }: Facts, tenantId: string, run: Row): readonly string[] {
  const { status, uid } = run;
  if (status !== 'succeeded' && status !== 'failed') return none;
  const eventId = runEndEventId(String(uid));
  return ground.rows.flatMap((endpoint) => {
    const [pk, sk] = [String(endpoint['pk']), String(endpoint['sk'])];
    const isWaiting =
      pk === `T#${tenantId}` && sk.startsWith(endpointPrefix) && isUnchanged(endpoint, system.table.get(pk, sk));
    if (!isWaiting || !matchesSystemEvent(endpoint['events'] as string[], `run.${status}`)) return none;
    const delivery = deliveryIdOf(eventId, String(endpoint['id'])).slice('dlv_'.length);
    const isPublished = system.table.get(eventKey(tenantId, eventId).pk, `DELIVERY#${delivery}`) !== undefined;
    return unless(
      isPublished,
      () => `${tenantId}: run ${String(run['id'])} ${status}, and ${String(endpoint['id'])} was not told`,
    );
  });
}

/** What its health says changes by attempts, and no delivery depends on it before it is disabled. */
function isUnchanged(first: Row, now: Row | undefined): boolean {
  return ['status', 'url', 'events', 'address_mark', 'edit_mark'].every((name) => sameJson(first[name], now?.[name]));
}

function judgeGivenUp({ system }: Facts, tenantId: string, run: Row): readonly string[] {
  if ((run['error'] as Row | null | undefined)?.['code'] !== 'run_interrupted') return none;
  const started = system.machine.executions.filter(({ input }) => JSON.parse(input).uid === run['uid']);
  return unless(
    started.length >= maxRestarts,
    () => `${tenantId}: run ${String(run['id'])} was given up after ${started.length} executions`,
  );
}
