import type { Context } from 'aws-lambda';
import { withImplied, type Member, type Permission } from '../../../functions/domain/tenant/member';
import { idTokenVerifier } from '../../../functions/edge/access/id-token';
import { issuerKeys } from '../../../functions/edge/access/issuer-keys';
import { signIn } from '../../../functions/edge/access/sign-in';
import { httpChain } from '../../../functions/edge/http-chain';
import { restRoutes } from '../../../functions/rest-api/routes';
import { bindMember } from '../../../functions/edge/access/bind-member';
import { anEvent, readReply, type Answer, type Call } from '../../support/http-calls';
import { startRest } from '../../support/rest';
import { audience, startIssuer } from './issuer';

export type People = Awaited<ReturnType<typeof startPeople>>;

/** Starts the REST API for members who sign in, with an in-memory table and an issuer on loopback. */
export async function startPeople(wrapTable?: Parameters<typeof startRest>[0]) {
  const rest = await startRest(wrapTable);
  const issuer = await startIssuer(rest.clock.now);
  const { members, now } = rest.deps;

  function open(settings: { issuer?: string; audience?: string } = {}) {
    const trusted = settings.issuer ?? issuer.origin;
    const deps = {
      ...rest.deps,
      signIn: signIn({
        verifyIdToken: idTokenVerifier({
          issuer: trusted,
          audience: settings.audience ?? audience,
          keys: issuerKeys(trusted, now),
          now,
        }),
        members: { find: (email, tenantId) => members.find(email, tenantId), bind: bindMember(rest.deps) },
        now,
      }),
    };
    const chain = httpChain(deps, restRoutes(deps));
    return async (method: string, target: string, call: Call = {}): Promise<Answer> =>
      readReply(await chain(anEvent(method, target, call), {} as Context));
  }

  let people = 0;
  return {
    ...rest,
    issuer,
    call: open(),
    /** Returns `call` of another function instance, with empty caches. */
    coldStart: open,
    routes: restRoutes(rest.deps),
    /** Adds a member to a tenant, with a new e-mail address unless one is given. */
    async aMember(tenantId: string, permission: Permission = 'manage_agents', email?: string): Promise<Member> {
      const member = {
        tenant_id: tenantId,
        email: email ?? `person-${(people += 1)}@acme.example`,
        permissions: withImplied([permission]),
        created_at: now().toISOString(),
      };
      await members.add(member);
      return member;
    },
    /** Adds a member and signs them in. @returns their ID token */
    async signedIn(tenantId: string, permission: Permission = 'manage_agents'): Promise<string> {
      return issuer.idToken((await this.aMember(tenantId, permission)).email);
    },
    stop: async () => {
      await issuer.stop();
      await rest.stop();
    },
  };
}
