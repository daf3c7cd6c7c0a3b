import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Me } from '../api/routes';
import { ApiContext } from '../api/use-api';
import { forgetLastInputs } from './last-inputs';
import { Opening } from './opening';
import type { OpenSession } from './open-session';
import { planIncludes } from './plans';
import { SessionContext, type Session } from './session';
import type { SignIn } from './sign-in';
import { SignInProblem } from './sign-in-problem';
import { addressIn } from './tenant/address';
import { announceChoice, forgetTenants, rememberTabTenant } from './tenant/choice';
import { entryQuery } from './tenant/enter';
import { NoMember } from './tenant/no-member';

/** Shows its children only to a signed-in member of the tenant that the address names. */
export function SessionGate({ open, children }: { open: OpenSession; children: ReactNode }) {
  const { data: entry, error } = useQuery(entryQuery(open));
  const [signOutError, setSignOutError] = useState<unknown>();
  const changeAccountOfPerson = () => void changeAccount(open.person).catch(setSignOutError);
  if (signOutError !== undefined) return <SignInProblem error={signOutError} />;
  if (error) return <SignInProblem error={error} changeAccount={changeAccountOfPerson} />;
  if (entry === undefined) return <Opening />;
  if (entry.is === 'outside')
    return <NoMember tenants={entry.tenants} email={open.person.email} changeAccount={changeAccountOfPerson} />;
  return (
    <Inside open={open} entered={entry.me} cannotSignOut={setSignOutError}>
      {children}
    </Inside>
  );
}

interface InsideProps {
  readonly open: OpenSession;
  readonly entered: Me;
  readonly cannotSignOut: (error: unknown) => void;
  readonly children: ReactNode;
}

function Inside({ open, entered, cannotSignOut, children }: InsideProps) {
  // Reads again what the person may do. If that fails, the page stays, and with it what was typed on it.
  const { data: me } = useQuery({
    queryKey: ['GET me'],
    queryFn: () => open.call('GET me', {}),
    initialData: entered,
    staleTime: 60_000,
  });
  const session = useMemo(() => sessionOf(open, me, cannotSignOut), [open, me, cannotSignOut]);
  const tenantId = me.tenant.id;
  useEffect(() => {
    // Going back may bring this page out of the browser's memory, after another tenant was opened in the tab.
    const remember = () => rememberTabTenant(tenantId);
    addEventListener('pageshow', remember);
    return () => removeEventListener('pageshow', remember);
  }, [tenantId]);
  return (
    <ApiContext value={open.call}>
      <SessionContext value={session}>{children}</SessionContext>
    </ApiContext>
  );
}

function sessionOf({ config, person, arrival }: OpenSession, me: Me, cannotSignOut: (error: unknown) => void): Session {
  const mayManage = me.principal.permissions.includes('manage_agents');
  return {
    me,
    arrival,
    email: person.email,
    end: person.end,
    signInAgain: person.signInAgain,
    otherPersonBefore: person.otherPersonBefore,
    mayManage,
    planIncludes: (channel) => planIncludes(me, channel),
    mayAuthor: mayManage && me.tenant.authoring && planIncludes(me, 'dashboard'),
    supportEmail: config.support_email,
    runLogsUrl: (uid) => config.run_logs_url?.replaceAll('{uid}', encodeURIComponent(uid)),
    chooseTenant: (tenantId, address = '/overview') => {
      announceChoice(tenantId);
      // Loads the page again, so that nothing read or typed for one tenant appears in another, where ids mean other things.
      location.assign(addressIn(tenantId, address));
    },
    signOut: () => {
      forgetTenants();
      forgetLastInputs();
      person.signOut().catch(cannotSignOut);
    },
    changeAccount: () => void changeAccount(person).catch(cannotSignOut),
  };
}

/** Forgets the tenant too, because the other account may be no member of it. */
function changeAccount(person: SignIn): Promise<void> {
  forgetTenants();
  forgetLastInputs();
  return person.changeAccount();
}
