import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { InboxMessage } from '../../local/inbox/message';
import type { KnownDelivery } from '../../local/inbox/senders';
import { startInbox, type Inbox } from '../../local/inbox/start-inbox';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const known: KnownDelivery = { tenantId: 'pro', endpointId: 'ep_1', event: 'campaign.kickoff', secrets: [secret] };

let inbox: Inbox;
let lookedUp: string[];

beforeEach(async () => {
  lookedUp = [];
  const find = async (webhookId: string) => {
    lookedUp.push(webhookId);
    return webhookId.startsWith('dlv_known') ? known : undefined;
  };
  inbox = await startInbox(0, find, '');
});

afterEach(() => inbox.stop());

interface Sent {
  readonly path?: string;
  readonly id?: string;
  readonly body?: string;
  readonly signedBody?: string;
  readonly signingSecret?: string;
}

async function deliver({
  path = '/hooks/mine',
  id = 'dlv_known1',
  body = '{"type":"campaign.kickoff"}',
  ...sent
}: Sent = {}) {
  const at = new Date();
  return fetch(inbox.origin + path, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(1_000),
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(sent.signingSecret ?? secret).sign(id, at, sent.signedBody ?? body),
    },
  });
}

async function messages(): Promise<InboxMessage[]> {
  return (await (await fetch(`${inbox.origin}/messages`)).json()) as InboxMessage[];
}

const page = async () => (await fetch(inbox.origin)).text();

describe('the inbox', () => {
  it('lists received webhooks, newest first, with their endpoint', async () => {
    await deliver({ id: 'dlv_known1' });
    const answer = await deliver({ id: 'dlv_known2' });

    expect(answer.status).toBe(200);
    expect((await messages()).map(({ webhook_id }) => webhook_id)).toEqual(['dlv_known2', 'dlv_known1']);
    expect((await messages())[0]).toEqual({
      received_at: expect.stringMatching(/^\d{4}-.*Z$/),
      tenant: 'pro',
      endpoint_id: 'ep_1',
      webhook_id: 'dlv_known2',
      type: 'campaign.kickoff',
      verified: true,
      headers: expect.objectContaining({ 'webhook-id': 'dlv_known2', 'content-type': 'application/json' }),
      body: '{"type":"campaign.kickoff"}',
      responded: 200,
    });
  });

  it.each<[string, Sent]>([
    ['signed with another secret', { signingSecret: `whsec_${Buffer.alloc(32, 8).toString('base64')}` }],
    ['changed on the way', { signedBody: '{"type":"campaign.kickoff" }' }],
    ['of a delivery nobody knows', { id: 'dlv_foreign' }],
  ])('does not mark a webhook as verified that is %s', async (_what, sent) => {
    await deliver(sent);

    expect(await messages()).toMatchObject([{ verified: false }]);
    expect(await page()).toContain('not verified');
  });

  it('looks an endpoint up only for its first webhook, and again when a signature does not verify', async () => {
    await deliver({ id: 'dlv_known1' });
    await deliver({ id: 'dlv_known2' });
    await deliver({ id: 'dlv_known3', signedBody: 'something else' });

    expect(await messages()).toMatchObject([
      { webhook_id: 'dlv_known3', verified: false },
      { webhook_id: 'dlv_known2', verified: true, tenant: 'pro', endpoint_id: 'ep_1', type: 'campaign.kickoff' },
      { webhook_id: 'dlv_known1', verified: true },
    ]);
    expect(lookedUp).toEqual(['dlv_known1', 'dlv_known3']);
  });

  it('responds with the planned statuses, one per attempt of a delivery, and repeats the last one', async () => {
    const path = '/hooks/mine?respond=500,410,204';
    const statuses: number[] = [];
    for (const id of ['dlv_known1', 'dlv_known1', 'dlv_known2', 'dlv_known1', 'dlv_known1']) {
      statuses.push((await deliver({ path, id })).status);
    }

    expect(statuses).toEqual([500, 410, 500, 204, 204]);
    expect((await messages()).map(({ responded }) => responded)).toEqual([204, 204, 500, 410, 500]);
  });

  it('can leave a request without a response', async () => {
    await expect(deliver({ path: '/hooks/mine?respond=timeout' })).rejects.toMatchObject({ name: 'TimeoutError' });

    expect(await messages()).toMatchObject([{ responded: 'timeout', verified: true }]);
  });

  it('responds with 200 if the plan is empty or invalid', async () => {
    expect((await deliver({ path: '/hooks/mine?respond=' })).status).toBe(200);
    expect((await deliver({ path: '/hooks/mine?respond=soon,999' })).status).toBe(200);
  });

  it('shows received content as text and runs none of it', async () => {
    await deliver({ id: 'dlv_<b>&', body: '{"type":"</pre><script>alert(1)</script>"}', path: '/hooks/<img>' });
    const text = await page();

    expect(text).toContain('&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('dlv_<b>');
  });

  it('has a policy that lets the page load nothing from other origins', async () => {
    const answer = await fetch(inbox.origin);

    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).not.toMatch(/(src|href)="https?:/);
  });

  it('tells visitors of other paths where webhooks are received', async () => {
    const answer = await fetch(`${inbox.origin}/elsewhere`, { method: 'POST' });

    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('POST /hooks/');
  });

  it('stops at once, even while a request has no response', async () => {
    const unanswered = deliver({ path: '/hooks/mine?respond=timeout' }).catch(() => undefined);
    await sleep(50);

    await inbox.stop();

    await expect(unanswered).resolves.toBeUndefined();
  });
});
