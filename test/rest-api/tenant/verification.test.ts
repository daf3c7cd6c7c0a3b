import { createHmac, generateKeyPairSync } from 'node:crypto';
import { viewPlans } from '../../../functions/domain/tenant/plan';
import { startPeople, type People } from './people';

let people: People;
beforeAll(async () => (people = await startPeople()));
afterAll(() => people.stop());

const discovery = '/.well-known/openid-configuration';

const refusal = async (token: string, headers: Record<string, string> = {}, call = people.call) =>
  call('GET', '/api/v1/me', { token, headers });

describe('an ID token of the issuer', () => {
  test('signs in the member with its e-mail address, over the dashboard channel', async () => {
    const { id } = await people.aTenant();
    const { email } = await people.aMember(id, 'manage_agents');

    const { status, body } = await people.call('GET', '/api/v1/me', { token: await people.issuer.idToken(email) });

    expect(status).toBe(200);
    expect(body).toEqual({
      tenant: { id, name: 'Acme', plan: 'pro', authoring: true },
      principal: { channel: 'dashboard', name: email, permissions: ['viewer', 'manage_agents'], scopes: [] },
      tenants: [{ id, name: 'Acme' }],
      plans: viewPlans(),
    });
  });

  test('signs in the member in any case of the e-mail address', async () => {
    const { id } = await people.aTenant();
    await people.aMember(id, 'viewer', 'ada@acme.example');

    const { body } = await people.call('GET', '/api/v1/me', { token: await people.issuer.idToken('Ada@ACME.example') });

    expect(body.principal.name).toBe('ada@acme.example');
  });

  test('may have email_verified as a string, and the type of an ID token', async () => {
    const { id } = await people.aTenant();
    const { email } = await people.aMember(id);
    const token = await people.issuer.idToken(email, { email_verified: 'true', token_use: 'id' }, { typ: 'JWT' });

    expect((await people.call('GET', '/api/v1/me', { token })).status).toBe(200);
  });

  test('may have several audiences if it was issued to the dashboard', async () => {
    const { id } = await people.aTenant();
    const { email } = await people.aMember(id);
    const aud = ['the-dashboard', 'another'];

    const own = await people.issuer.idToken(email, { aud, azp: 'the-dashboard' });
    const given = await people.issuer.idToken(email, { aud, azp: 'another' });

    expect((await people.call('GET', '/api/v1/me', { token: own })).status).toBe(200);
    expect((await people.call('GET', '/api/v1/me', { token: given })).status).toBe(401);
  });
});

describe('any other ID token gets the same 401', () => {
  let email: string;
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  beforeAll(async () => {
    const { id } = await people.aTenant();
    ({ email } = await people.aMember(id));
    await people.aMember(id, 'viewer', 'kate@acme.example');
  });

  const now = () => Math.floor(people.clock.now().getTime() / 1000);
  const cases: [string, () => Promise<string> | string][] = [
    ['another issuer', () => people.issuer.idToken(email, { iss: 'https://elsewhere.example' })],
    ['another audience', () => people.issuer.idToken(email, { aud: 'another-app' })],
    ['expired', () => people.issuer.idToken(email, { exp: now() - 1 })],
    ['not valid yet', () => people.issuer.idToken(email, { nbf: now() + 60 })],
    ['without an end', () => people.issuer.idToken(email, { exp: undefined })],
    ['without a subject', () => people.issuer.idToken(email, { sub: undefined })],
    ['an e-mail not verified', () => people.issuer.idToken(email, { email_verified: false })],
    ['nothing said of the e-mail', () => people.issuer.idToken(email, { email_verified: undefined })],
    ['without an e-mail', () => people.issuer.idToken(email, { email: undefined })],
    ['somebody who is no member', () => people.issuer.idToken('nobody@acme.example')],
    // Both turn into `kate@acme.example` in lower case.
    ['a look-alike of a member', () => people.issuer.idToken('\u212Aate@acme.example')],
    ['an access token of Cognito', () => people.issuer.idToken(email, { token_use: 'access' })],
    ['an access token of RFC 9068', () => people.issuer.idToken(email, {}, { typ: 'at+jwt' })],
    ['signed by another key under the same id', () => people.issuer.idToken(email, {}, { key: other.privateKey })],
    ['signed by a key of an unknown id', () => people.issuer.idToken(email, {}, { key: other.privateKey, kid: 'new' })],
    ['RS512, though the key would do', () => people.issuer.idToken(email, {}, { alg: 'RS512' })],
    ['PS256, though the key would do', () => people.issuer.idToken(email, {}, { alg: 'PS256' })],
    ['signed by nobody', () => people.issuer.unsignedToken(email)],
    ['HS256 with the public key as its secret', () => withPublicKeyAsSecret(email)],
    ['changed after it was signed', async () => changed(await people.issuer.idToken('nobody@acme.example'), email)],
    ['cut short', async () => (await people.issuer.idToken(email)).slice(0, -3)],
    ['three words', () => 'a.b.c'],
    ['an empty signature', async () => (await people.issuer.idToken(email)).replace(/[^.]+$/, '')],
  ];

  test.each(cases)('%s', async (_what, token) => {
    const refused = await refusal(await token());
    const never = await refusal('cwf_pat_nothing');

    const { 'x-request-id': _one, ...headers } = refused.headers;
    const { 'x-request-id': _other, ...neverHeaders } = never.headers;
    expect(refused.status).toBe(401);
    expect(headers).toEqual(neverHeaders);
    expect(headers['www-authenticate']).toBe('Bearer');
    expect({ ...refused.body, request_id: '' }).toEqual({ ...never.body, request_id: '' });
  });

  test.each([
    ['issuer', { issuer: '' }, { iss: '' }],
    ['audience', { audience: '' }, { aud: '' }],
  ])('a deployment without %s signs nobody in', async (_what, settings, claims) => {
    const token = await people.issuer.idToken(email, claims);

    expect((await refusal(token, {}, people.coldStart(settings))).status).toBe(401);
  });

  test("a token of another issuer causes no request for the issuer's keys", async () => {
    const call = people.coldStart();
    const before = people.issuer.asked.length;

    await refusal(await people.issuer.idToken(email, { iss: 'https://elsewhere.example' }), {}, call);

    expect(people.issuer.asked.length).toBe(before);
  });

  /** A known attack: a library that lets the token choose the algorithm would use the public key as an HMAC secret. */
  function withPublicKeyAsSecret(address: string): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = { iss: people.issuer.origin, aud: 'the-dashboard', sub: 'x', email: address, email_verified: true, iat: now(), exp: now() + 600 }; // prettier-ignore
    const signed = `${part({ alg: 'HS256', kid: 'current' })}.${part(payload)}`;
    const secret = people.issuer.publicKey.export({ type: 'spki', format: 'pem' });
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  function changed(token: string, address: string): string {
    const [head, payload = '', signature] = token.split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), email: address };
    return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  }
});

describe('the issuer', () => {
  afterEach(() => {
    people.issuer.answerWith(200);
    people.issuer.replace({});
    jest.restoreAllMocks();
  });

  test('is asked for its keys once, however many members sign in', async () => {
    const call = people.coldStart();
    const { id } = await people.aTenant();
    const tokens = await Promise.all([people.signedIn(id), people.signedIn(id), people.signedIn(id)]);
    const before = people.issuer.asked.length;

    for (const token of tokens) expect((await refusal(token, {}, call)).status).toBe(200);

    expect(people.issuer.asked.slice(before)).toEqual([discovery, '/keys']);
  });

  test('that is down causes a 503, and the same token is accepted later', async () => {
    const call = people.coldStart();
    const { id } = await people.aTenant();
    const token = await people.signedIn(id);

    people.issuer.answerWith(500);
    const refused = await refusal(token, {}, call);
    people.issuer.answerWith(200);

    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(refused.headers['retry-after']).toBe('5');
    people.clock.advance(5);
    expect((await refusal(token, {}, call)).status).toBe(200);
  });

  test('whose key is too small for RS256 causes a 503, and the log says why', async () => {
    const call = people.coldStart();
    const token = await people.issuer.idToken('ada@acme.example');
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    people.issuer.replace({ '/keys': { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'current' }] } });

    expect(await refusal(token, {}, call)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(people.logged.at(-1)).toMatchObject({ error: expect.stringContaining('2048 bits or larger') });
  });

  test.each<[string, () => unknown]>([
    ['answers nothing but errors', () => people.issuer.answerWith(503)],
    ['describes another issuer', () => people.issuer.replace({ [discovery]: { issuer: 'https://x.example', jwks_uri: `${people.issuer.origin}/keys` } })], // prettier-ignore
    ['describes nothing', () => people.issuer.replace({ [discovery]: [] })],
    ['has no keys at the address of its keys', () => people.issuer.replace({ '/keys': { error: 'none' } })],
  ])('that %s is asked once in 5 seconds, however many tokens strangers send', async (_what, breakIssuer) => {
    const call = people.coldStart();
    const token = await people.issuer.idToken('stranger@elsewhere.example');
    breakIssuer();
    const requestsOf = async (times: number) => {
      const before = people.issuer.asked.length;
      for (let time = 0; time < times; time += 1) expect((await refusal(token, {}, call)).status).toBe(503);
      return people.issuer.asked.length - before;
    };

    const first = await requestsOf(1);
    expect(await requestsOf(10)).toBe(0);
    people.clock.advance(4.999);
    expect(await requestsOf(10)).toBe(0);
    people.clock.advance(0.001);
    expect(await requestsOf(10)).toBeLessThanOrEqual(first);

    people.issuer.answerWith(200);
    people.issuer.replace({});
    people.clock.advance(5);
    expect((await refusal(token, {}, call)).status).toBe(401);
  });

  test('is asked for its description once by all who sign in first at the same time', async () => {
    const call = people.coldStart();
    const { id } = await people.aTenant();
    const tokens = await Promise.all(Array.from({ length: 10 }, () => people.signedIn(id)));
    const before = people.issuer.asked.length;

    const answers = await Promise.all(tokens.map((token) => refusal(token, {}, call)));

    expect(answers.map(({ status }) => status)).toEqual(tokens.map(() => 200));
    expect(people.issuer.asked.slice(before)).toEqual([discovery, '/keys']);
  });

  test('is asked for its keys at most once in 30 seconds because of unknown key ids', async () => {
    const call = people.coldStart();
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { id } = await people.aTenant();
    const member = await people.signedIn(id);
    const start = Date.now();
    const realTime = jest.spyOn(Date, 'now').mockReturnValue(start);
    expect((await refusal(member, {}, call)).status).toBe(200);
    const requestsOf = async (kids: string[]) => {
      const before = people.issuer.asked.length;
      for (const kid of kids) {
        const token = await people.issuer.idToken('stranger@elsewhere.example', {}, { key, kid });
        expect((await refusal(token, {}, call)).status).toBe(401);
      }
      return people.issuer.asked.length - before;
    };

    expect(await requestsOf(['a', 'b', 'c'])).toBe(0);
    realTime.mockReturnValue(start + 30_000);
    expect(await requestsOf(['d', 'e', 'f'])).toBe(1);
    realTime.mockReturnValue(start + 59_999);
    expect(await requestsOf(['g', 'h', 'i'])).toBe(0);
  });

  test('that fails after its keys are known keeps no member out, whatever key ids strangers send', async () => {
    const call = people.coldStart();
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { id } = await people.aTenant();
    const member = await people.signedIn(id);
    const start = Date.now();
    const realTime = jest.spyOn(Date, 'now').mockReturnValue(start);
    expect((await refusal(member, {}, call)).status).toBe(200);

    people.issuer.answerWith(500);
    realTime.mockReturnValue(start + 30_000);
    const before = people.issuer.asked.length;
    for (const kid of ['a', 'b', 'c']) {
      await refusal(await people.issuer.idToken('stranger@elsewhere.example', {}, { key, kid }), {}, call);
      expect((await refusal(member, {}, call)).status).toBe(200);
    }

    expect(people.issuer.asked.slice(before)).toEqual(['/keys']);
  });

  test('that claims to be another one is not trusted', async () => {
    const issuer = people.issuer.origin.replace('127.0.0.1', 'localhost');
    const { id } = await people.aTenant();
    const { email } = await people.aMember(id);

    const refused = await refusal(
      await people.issuer.idToken(email, { iss: issuer }),
      {},
      people.coldStart({ issuer }),
    );

    expect(refused.status).toBe(503);
  });
});
