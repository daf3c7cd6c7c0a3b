import type { QueryClient } from '@tanstack/react-query';
import { newQueryClient } from '../../api/query-client';
import { openSession, type OpenSession } from '../../session/open-session';
import { entryQuery } from '../../session/tenant/enter';
import { readFirst } from './first-reads';
import { newRouter } from '../router';

export interface OpenDashboard {
  readonly session: OpenSession;
  readonly queries: QueryClient;
  readonly router: ReturnType<typeof newRouter>;
}

/**
 * Signs the person in and then starts, all at once, what the first page waits for: whether the person is a member of the
 * tenant, the data of the page, and its code, which the router begins to load when it is made. The router is not made
 * before, because until the person is signed in the address may be the one that the issuer leads back to.
 */
export async function openDashboard(): Promise<OpenDashboard> {
  const session = await openSession();
  const queries = newQueryClient();
  // A refusal is shown by the gate, which asks for the same query.
  queries.query(entryQuery(session)).catch(() => undefined);
  // Without a tenant, the API refuses to read for a member of several.
  if (session.tenant.id() !== undefined) readFirst(session.arrival.address, session.readAhead);
  return { session, queries, router: newRouter() };
}
