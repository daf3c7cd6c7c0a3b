import { email, type seed } from './seed';

type Seeded = Awaited<ReturnType<typeof seed>>;

/** Calls of each command, in an order in which all of them work, and enough for each kind of request that it makes. */
export interface Scenarios {
  readonly reads: readonly string[][];
  readonly writes: readonly string[][];
}

/** @param files a folder with the file of a workflow, to which files are also exported */
export function scenarios({ id, endpoint, token, app, delivery, restored }: Seeded, files: string): Scenarios {
  const file = `${files}/spring-promo.json`;
  return {
    reads: [
      ['tenants', 'list'],
      ['tenants', 'show', id],
      ['limits', 'list', id],
      ['members', 'list', id],
      ['tokens', 'list', id],
      ['apps', 'list', id],
      ['audit', id],
      ['workflows', 'list', id],
      ['workflows', 'show', id, '1'],
      ['workflows', 'export', id, files],
      ['runs', 'list', id],
      ['runs', 'list', id, '--workflow', '1'],
      ['runs', 'show', id, '1'],
      ['runs', 'tail', id, '1', '--logs'],
      ['endpoints', 'list', id],
      ['endpoints', 'show', id, endpoint],
      ['deliveries', 'list', id],
      ['deliveries', 'list', id, '--endpoint', endpoint],
      ['deliveries', 'show', id, delivery],
      ['dead-letters', 'list', '--limit', '1'],
      ['access-policy'],
      ['reconcile'],
      ['restore-check', restored],
    ],
    writes: [
      ['tenants', 'create', 'delta', '--name', 'Delta', '--plan', 'pro'],
      ['plans', 'set', id, 'pro'],
      ['caps', 'set', id, '77'],
      ['limits', 'set', id, 'webhook_endpoints', '60'],
      ['authoring', 'off', id],
      ['authoring', 'on', id],
      ['members', 'add', id, 'bob@acme.example'],
      ['members', 'permissions', id, email, 'viewer'],
      ['members', 'remove', id, email, '--revoke'],
      ['tokens', 'create', id, '--kind', 'pat', '--name', 'CI'],
      ['tokens', 'revoke', id, token],
      ['apps', 'revoke', id, app],
      ['workflows', 'put', id, file],
      ['workflows', 'import', 'other', file],
      ['workflows', 'deactivate', id, '1'],
      ['workflows', 'activate', id, '1'],
      ['dead-letters', 'redrive', '--limit', '1'],
      ['reconcile', id, '--fix'],
    ],
  };
}
