import * as z from 'zod/mini';
import { addSeconds } from '../../domain/day';
import { maxAppDays } from '../../domain/tenant/connected-app';
import type { AuthorizationServerDeps } from '../deps';
import type { ClientMetadata } from './client-metadata';

type DocumentDeps = Pick<AuthorizationServerDeps, 'authorizations' | 'now'>;

const documentSchema = z.object({ client_name: z.string(), redirect_uris: z.array(z.string()) });

/** Keeps what the document of a client says, for as long as an approval may last. Strangers cannot cause this: it takes one. */
export async function keepDocument(
  { authorizations, now }: DocumentDeps,
  clientId: string,
  document: ClientMetadata,
): Promise<void> {
  await authorizations.put('ClientDocument', clientId, document, addSeconds(now(), maxAppDays * 86_400));
}

export async function findDocument(
  { authorizations, now }: DocumentDeps,
  clientId: string,
): Promise<ClientMetadata | undefined> {
  const row = await authorizations.find('ClientDocument', clientId, now());
  return row && documentSchema.parse(row);
}
