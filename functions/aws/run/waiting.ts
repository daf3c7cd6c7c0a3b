import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import type { WaitingPlace } from '../../domain/run/wait-for-run';
import { getRow, whenConditionHolds, type Database, type Row } from '../database';
import { allWaitingKey, waitingKey, type Key } from '../keys';

/**
 * A Lambda instance serves one request at a time. This bounds a server that serves many at once, such as the local run:
 * each waiting request polls the table.
 */
const placesHere = 50;

/**
 * An instance that found no free place does not look again for this long, unless it gives one back itself. So a tenant
 * that asks for hundreds of waits causes few requests to the table. A place that another instance gives back meanwhile
 * is found late, which costs nothing but a wait.
 */
const fullMs = 1_000;
/** Rows that an instance remembers as full: more than there are tenants that wait on it in a second. */
const keptFull = 1_000;

/** After a place is lost to another request so often, the answer does not wait. */
const maxTries = 3;

/**
 * The places of waiting requests: some for each tenant, and some for all tenants of the stage together. A place is an
 * attribute of one row, with the time until which it is held, so a request that dies gives it back. Only a request that
 * really waits writes here.
 *
 * @param placesOfAll how many requests of all tenants may wait at the same time
 */
export function waitingPlaces(db: Database, placesOfAll: number, now: () => Date) {
  let here = 0;
  const full = new Map<string, { readonly places: number; readonly untilMs: number }>();
  const lookingAt = new Map<string, Promise<unknown>>();

  /**
   * Takes one of the places `p0`, `p1`, … of a row. Requests of this instance look one after another, because those that
   * look at the same time would all try to take the same place.
   */
  async function takeOne(key: Key, places: number, until: Date): Promise<WaitingPlace | undefined> {
    const look = () => (isFull(key, places) ? Promise.resolve(undefined) : lookForOne(key, places, until));
    const mine = (lookingAt.get(key.pk) ?? Promise.resolve()).then(look, look);
    lookingAt.set(key.pk, mine);
    try {
      return await mine;
    } finally {
      if (lookingAt.get(key.pk) === mine) lookingAt.delete(key.pk);
    }
  }

  function isFull({ pk }: Key, places: number): boolean {
    const found = full.get(pk);
    return found !== undefined && found.places === places && now().getTime() < found.untilMs;
  }

  function noteFull({ pk }: Key, places: number): void {
    full.delete(pk);
    full.set(pk, { places, untilMs: now().getTime() + fullMs });
    const [oldest] = full.keys();
    if (full.size > keptFull && oldest !== undefined) full.delete(oldest);
  }

  async function lookForOne(key: Key, places: number, until: Date): Promise<WaitingPlace | undefined> {
    const mine = `${until.toISOString()} ${randomUUID()}`;
    for (let tries = 0; tries < maxTries; tries += 1) {
      const row = await getRow(db, key);
      const name = freePlace(row, places);
      if (name === undefined) {
        noteFull(key, places);
        return undefined;
      }
      if (await put(key, name, row?.[name], mine)) return { release: () => giveBack(key, name, mine) };
    }
    return undefined;
  }

  function freePlace(row: Row | undefined, places: number): string | undefined {
    const names = Array.from({ length: places }, (_, index) => `p${index}`);
    return names.find((name) => {
      const held = row?.[name];
      return typeof held !== 'string' || Date.parse(held.split(' ', 1)[0] ?? '') <= now().getTime();
    });
  }

  function put(key: Key, name: string, seen: unknown, mine: string): Promise<boolean> {
    return whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...key },
          UpdateExpression: 'SET #place = :mine',
          // Holding the place already is success too, because the SDK may repeat the request.
          ConditionExpression: 'attribute_not_exists(#place) OR #place = :seen OR #place = :mine',
          ExpressionAttributeNames: { '#place': name },
          ExpressionAttributeValues: { ':mine': mine, ':seen': seen ?? mine },
        }),
      ),
    );
  }

  async function giveBack(key: Key, name: string, mine: string): Promise<void> {
    await whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...key },
          UpdateExpression: 'REMOVE #place',
          ConditionExpression: '#place = :mine',
          ExpressionAttributeNames: { '#place': name },
          ExpressionAttributeValues: { ':mine': mine },
        }),
      ),
    ).catch(() => undefined);
    full.delete(key.pk);
  }

  return {
    async take(tenantId: string, places: number, until: Date): Promise<WaitingPlace | undefined> {
      if (here >= placesHere || places === 0 || placesOfAll === 0) return undefined;
      here += 1;
      const leave = () => void (here -= 1);
      try {
        const own = await takeOne(waitingKey(tenantId), places, until);
        const ofAll = own && (await takeOne(allWaitingKey, placesOfAll, until));
        if (ofAll === undefined) {
          await own?.release();
          leave();
          return undefined;
        }
        const release = async () => {
          leave();
          await Promise.all([own?.release(), ofAll.release()]);
        };
        return { release };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}
