import { useQuery } from '@tanstack/react-query';
import { use, useMemo, type ReactNode } from 'react';
import { ApiError } from '../api/api-error';
import type { Me } from '../api/routes';
import { ApiContext } from '../api/use-api';
import { Opening } from './opening';
import type { OpenSession } from './open-session';
import { planIncludes } from './plans';
import { SessionContext, type Session } from './session';
import type { SignIn } from './sign-in';
import { SignInProblem } from './sign-in-problem';
import { chosenTenant, rememberTenant } from './tenant-choice';

/** Shows its children only to a signed-in member of a tenant. */
export function SessionGate({ opening, children }: { opening: Promise<OpenSession>; children: ReactNode }) {
  const open = use(opening);
  const { data: me, error } = useQuery({ queryKey: ['GET me'], queryFn: () => readMe(open), staleTime: 60_000 });
  const session = useMemo(() => me && sessionOf(open, me), [open, me]);

  // Without an answer nothing has changed, so the page stays, with what is typed on it.
  const isUnanswered = error instanceof ApiError && error.isTransient;
  if (error && !(session !== undefined && isUnanswered))
    return <SignInProblem error={error} changeAccount={() => changeAccount(open.person)} />;
  if (session === undefined) return <Opening />;
  return (
    <ApiContext value={open.call}>
      <SessionContext value={session}>{children}</SessionContext>
    </ApiContext>
  );
}

async function readMe({ call }: OpenSession): Promise<Me> {
  let me: Me;
  try {
    me = await call('GET me', {});
  } catch (error) {
    // The remembered tenant may be one that the user is no longer a member of, so try again without it.
    if (chosenTenant() === undefined || !(error instanceof ApiError) || error.isTransient) throw error;
    rememberTenant(undefined);
    me = await call('GET me', {});
  }
  // Every later call names the tenant, so that this tab stays in it even if the user is added to another one.
  rememberTenant(me.tenant.id);
  return me;
}

function sessionOf({ config, person }: OpenSession, me: Me): Session {
  const mayManage = me.principal.permissions.includes('manage_agents');
  return {
    me,
    email: person.email,
    mayManage,
    planIncludes: (channel) => planIncludes(me, channel),
    mayAuthor: mayManage && me.tenant.authoring && planIncludes(me, 'dashboard'),
    supportEmail: config.support_email,
    runLogsUrl: (uid) => config.run_logs_url?.replaceAll('{uid}', encodeURIComponent(uid)),
    chooseTenant: (tenantId) => {
      rememberTenant(tenantId);
      // Reloads the page, so that nothing read or typed for one tenant appears in another, where ids mean other things.
      location.assign('/workflows');
    },
    signOut: () => {
      rememberTenant(undefined);
      void person.signOut();
    },
    changeAccount: () => changeAccount(person),
  };
}

/** Forgets the tenant too, because the other account may be no member of it. */
function changeAccount(person: SignIn): void {
  rememberTenant(undefined);
  void person.changeAccount();
}
