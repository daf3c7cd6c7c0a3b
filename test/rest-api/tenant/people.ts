import type { Context } from 'aws-lambda';
import { withImplied, type Member, type Permission } from '../../../functions/domain/tenant/member';
import { memberSignIn } from '../../../functions/edge/access/member-sign-in';
import { httpChain } from '../../../functions/edge/http-chain';
import { restRoutes } from '../../../functions/rest-api/routes';
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
    const deps = {
      ...rest.deps,
      signIn: memberSignIn({
        ...rest.deps,
        issuer: settings.issuer ?? issuer.origin,
        audience: settings.audience ?? audience,
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
