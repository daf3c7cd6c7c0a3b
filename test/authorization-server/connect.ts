import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../functions/aws/database';
import { openAuthorizationServerStores } from '../../functions/aws/open-stores';
import { authorizationServer } from '../../functions/authorization-server/authorization-server';
import { withImplied, type Permission } from '../../functions/domain/tenant/member';
import { mcpServer } from '../../functions/mcp-server/mcp-server';
import type { FetchDeps } from '../../functions/guard/fetch-document';
import { aMessage } from '../mcp-server/mcp';
import { anEvent, readReply, type Answer, type Call } from '../support/http-calls';
import { as, underPolicies } from '../support/permitted-writes';
import { startRest } from '../support/rest';

const origin = 'https://workflows.acme.example';
export const resource = `${origin}/mcp`;
export const redirectUri = 'https://app.example/callback';

export type Connect = Awaited<ReturnType<typeof startConnect>>;

interface Options {
  readonly wrapTable?: (table: Database) => Database;
  readonly guard?: Partial<FetchDeps>;
}

/** Starts the authorization server, the MCP server and the REST API as they are deployed, on one in-memory table. */
export async function startConnect({ wrapTable = (table) => table, guard = {} }: Options = {}) {
  const rest = await startRest();
  // The library has no clock that could be set, and judges some expiries itself.
  rest.clock.set(new Date());
  const stores = openAuthorizationServerStores(underPolicies(wrapTable(rest.table)));
  const refuseAll = () => Promise.reject(new Error('This test connects to nobody'));
  const openServer = () =>
    authorizationServer({
      ...rest.deps,
      ...stores,
      origin,
      guard: {
        resolve: refuseAll,
        connect: refuseAll,
        policy: { ownHosts: [] },
        limits: { totalMs: 2_000, maxBytes: 16_384 },
        ...guard,
      },
    });
  const serve = openServer();
  const mcp = mcpServer({ ...rest.deps, ownHosts: [], origin });

  const sendTo =
    (server: ReturnType<typeof openServer>) =>
    async (method: string, target: string, call: Sent = {}) => {
      const event = { ...(anEvent(method, target, call) as object), ...(call.cookies && { cookies: call.cookies }) };
      const reply = await as('authorization-server', () => server(event, {} as Context));
      return { ...readReply(reply), cookies: cookiesOf(reply) };
    };
  const send = sendTo(serve);

  return {
    rest,
    stores,
    clock: rest.clock,
    send,
    /** `send` of another function instance, with nothing remembered. */
    coldStart: () => sendTo(openServer()),

    /** Adds a member with that permission to a new or a given tenant, and signs them in. */
    async aPerson(permission: Permission = 'manage_agents', tenantId?: string) {
      const id = tenantId ?? (await rest.aTenant({ plan: 'pro' })).id;
      const idToken = rest.aMember(id, withImplied([permission]));
      const { name: email } = rest.members.get(idToken)!;
      await rest.deps.members.add({
        tenant_id: id,
        email,
        permissions: withImplied([permission]),
        created_at: rest.clock.now().toISOString(),
      });
      return { tenantId: id, email, idToken };
    },

    async register(metadata: object = {}): Promise<string> {
      const answer = await send('POST', '/oauth/register', {
        body: { client_name: 'Claude', redirect_uris: [redirectUri], ...metadata },
      });
      if (answer.status !== 201) throw new Error(`Not registered: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.client_id;
    },

    /** An app opens the browser, which is led to the page. */
    async ask(clientId: string, changes: Record<string, string | undefined> = {}) {
      const verifier = randomBytes(32).toString('base64url');
      const parameters: Record<string, string | undefined> = {
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        state: 'here-again',
        resource,
        scope: 'mcp',
        ...changes,
      };
      const query = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, value]],
      );
      const answer = await send('GET', `/oauth/authorize?${new URLSearchParams(query).toString()}`);
      const uid = uidIn(answer.headers['location']);
      return {
        answer,
        uid,
        cookies: answer.cookies,
        verifier,
        clientId,
        redirectUri: changes['redirect_uri'] ?? redirectUri,
      };
    },

    decide(asked: Asked, idToken: string, decision: object = { decision: 'approve' }, cookies = asked.cookies) {
      return send('POST', `/oauth/interaction/${asked.uid}/decision`, { token: idToken, body: decision, cookies });
    },

    /** The browser goes on after a decision. @returns what the app gets */
    async goOn(asked: Asked, decided: Answer): Promise<URLSearchParams> {
      const back = await send('GET', new URL(decided.body.location).pathname, { cookies: asked.cookies });
      return new URL(back.headers['location'] ?? `error:${back.status} ${String(back.body)}`).searchParams;
    },

    token(form: Record<string, string>) {
      return send('POST', '/oauth/token', {
        rawBody: new URLSearchParams(form).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    },

    exchange(asked: Asked, code: string, changes: Record<string, string> = {}) {
      return this.token({
        grant_type: 'authorization_code',
        client_id: asked.clientId,
        code,
        redirect_uri: asked.redirectUri,
        code_verifier: asked.verifier,
        ...changes,
      });
    },

    refresh(clientId: string, refreshToken: string, changes: Record<string, string> = {}) {
      return this.token({ grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken, ...changes });
    },

    /** Everything from asking to the tokens. */
    async connected(
      person: { idToken: string },
      { decision = { decision: 'approve' }, clientId }: { decision?: object; clientId?: string } = {},
    ) {
      const asked = await this.ask(clientId ?? (await this.register()));
      const code = (await this.goOn(asked, await this.decide(asked, person.idToken, decision))).get('code') ?? '';
      const { body } = await this.exchange(asked, code);
      return {
        asked,
        code,
        clientId: asked.clientId,
        accessToken: body.access_token,
        refreshToken: body.refresh_token,
      };
    },

    /** Calls the MCP server with a token. @returns the status of its answer */
    async callMcp(token: string, name = 'list_workflows', args: object = {}) {
      const call = { token, ...aMessage('2026-07-28', 'tools/call', { name, arguments: args }) };
      return readReply(await as('mcp-server', () => mcp(anEvent('POST', '/mcp', call), {} as Context)));
    },

    /** A revoked token keeps working for 10 s at most. */
    passCache: () => rest.clock.advance(11),
    stop: rest.stop,
  };
}

interface Sent extends Call {
  readonly cookies?: readonly string[];
}

interface Asked {
  readonly uid: string;
  readonly cookies: readonly string[];
  readonly verifier: string;
  readonly clientId: string;
  readonly redirectUri: string;
}

/** As the browser sends them back. */
function cookiesOf({ cookies = [] }: APIGatewayProxyStructuredResultV2): string[] {
  return cookies.map((cookie) => cookie.split(';', 1)[0] ?? '');
}

/** The empty text if the browser was not led to a decision. */
function uidIn(location: string | undefined): string {
  return /\/oauth\/interaction\/(.*)/.exec(location ?? '')?.[1] ?? '';
}
