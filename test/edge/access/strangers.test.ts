import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../../functions/aws/database';
import { newToken } from '../../../functions/domain/tenant/token';
import { aMessage, startMcp, type Mcp } from '../../mcp-server/mcp';
import { sampled } from '../../support/sample';
import { startPeople, type People } from '../../rest-api/tenant/people';

/** More strangers than any of the caches has places. */
const crowd = 1_100;

let reads = 0;
let mcp: Mcp;
let people: People;
beforeAll(async () => {
  mcp = await startMcp(countReads);
  people = await startPeople(countReads);
});
afterAll(async () => {
  await mcp.stop();
  await people.stop();
});

/** Counts every read of the table, because a stranger's request must not cause more than one. */
function countReads(table: Database): Database {
  const client = new Proxy(table.client, {
    get(target, name) {
      if (name !== 'send') return Reflect.get(target, name);
      return (command: any) => {
        if (command instanceof GetCommand || command instanceof QueryCommand) reads += 1;
        return target.send(command);
      };
    },
  });
  return { ...table, client };
}

async function readsOf(act: () => Promise<unknown>): Promise<number> {
  const before = reads;
  await act();
  return reads - before;
}

const channels: [string, 'pat' | 'mcp', (token: string) => Promise<number>][] = [
  ['REST API', 'pat', async (token) => (await mcp.rest.call('GET', '/api/v1/me', { token })).status],
  ['MCP', 'mcp', async (token) => (await mcp.send('POST', { token, ...aMessage('2026-07-28', 'tools/list') })).status],
];

// A crowd takes seconds, and each channel has the same cache before it.
describe.each(sampled({ whole: channels, sample: channels.slice(0, 1) }))('a crowd over %s', (_name, kind, send) => {
  test('a crowd of strangers with different tokens does not push a good token out of the cache', async () => {
    const caller = await mcp.aCaller();
    const token = kind === 'mcp' ? caller.token : caller.restToken;
    // A lease of requests lasts for the rest of the minute.
    for (let sent = 0; sent < 40; sent += 1) expect(await send(token)).toBe(200);
    const again = await readsOf(() => send(token));

    const ofCrowd = await readsOf(async () => {
      for (let stranger = 0; stranger < crowd; stranger += 1) await send(newToken(kind));
    });

    expect(ofCrowd).toBe(crowd);
    expect(await readsOf(async () => expect(await send(token)).toBe(200))).toBe(again);
  });
});

describe.each(channels)('over %s', (_name, kind, send) => {
  test('a token that was never issued is read once, however often and however many at once it is sent', async () => {
    const token = newToken(kind);

    const first = await readsOf(() => Promise.all(Array.from({ length: 20 }, () => send(token))));
    mcp.rest.clock.advance(59);
    const later = await readsOf(async () => expect(await send(token)).toBe(401));

    expect([first, later]).toEqual([1, 0]);
  });

  test('a token that was revoked or has expired is read once a minute, as one that was never issued', async () => {
    const { id } = await mcp.rest.aTenant();
    const past = '2026-11-21T12:00:00.000Z';
    const scopes = kind === 'mcp' ? (['mcp'] as const) : (['workflows:read'] as const);
    for (const over of [{ revoked_at: past }, { expires_at: past }]) {
      const token = await mcp.rest.aToken(id, { kind, scopes: [...scopes], ...over });

      expect(await readsOf(() => send(token))).toBe(1);
      mcp.rest.clock.advance(59);
      expect(await readsOf(async () => expect(await send(token)).toBe(401))).toBe(0);
    }
  });
});

describe('over the dashboard', () => {
  const sendAs = (token: string, tenantId?: string) =>
    people.call('GET', '/api/v1/me', {
      token,
      ...(tenantId !== undefined && { headers: { 'X-Tenant-Id': tenantId } }),
    });

  test('a person of the issuer who is no member is looked up once in 10 seconds', async () => {
    const token = await people.issuer.idToken('stranger@elsewhere.example');

    expect(await readsOf(() => sendAs(token))).toBe(1);
    people.clock.advance(9);
    expect(await readsOf(async () => expect((await sendAs(token)).status).toBe(401))).toBe(0);
  });

  test('a person who names one tenant after another does not push a member out of the cache', async () => {
    const { id } = await people.aTenant();
    const member = await people.signedIn(id);
    const stranger = await people.issuer.idToken('stranger-of-many@elsewhere.example');
    expect((await sendAs(member)).status).toBe(200);
    const again = await readsOf(() => sendAs(member));

    // With few tenants this shows only that the member stays while there is room.
    const tenants = sampled({ whole: crowd, sample: 50 });
    for (let tenant = 0; tenant < tenants; tenant += 1) await sendAs(stranger, `tenant-${tenant}`);

    expect(await readsOf(async () => expect((await sendAs(member)).status).toBe(200))).toBe(again);
  });
});
