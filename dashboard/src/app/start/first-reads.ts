import { matchPath } from 'react-router';
import type { ReadAhead } from '../../api/read-ahead';
import { storedPageSize } from '../../parts/list/preferences';

type Read = ReadAhead['start'];

interface OpenedAt {
  readonly id: string;
  /** The filters in the address. */
  readonly filters: Readonly<Record<string, string>>;
}

const wholeList = { limit: 100 };

/**
 * What each page reads first, so that it can be read before the page is there. The reads are those of the pages themselves:
 * one that differs is not used, and only costs a request. The first path that matches counts.
 */
const firstReads: readonly { readonly path: string; readonly start: (read: Read, at: OpenedAt) => void }[] = [
  { path: '/', start: readOverview },
  { path: '/overview', start: readOverview },
  { path: '/workflows', start: readWorkflows },
  { path: '/workflows/new', start: () => undefined },
  { path: '/workflows/:id', start: (read, { id }) => read('GET workflows/{id}', { id }) },
  { path: '/workflows/:id/edit', start: (read, { id }) => read('GET workflows/{id}', { id }) },
  {
    path: '/workflow-runs',
    start: (read, { filters }) =>
      read('GET workflow-runs', { query: { ...filters, limit: storedPageSize('workflow-runs') } }),
  },
  { path: '/workflow-runs/:id', start: (read, { id }) => read('GET workflow-runs/{id}', { id }) },
  { path: '/webhook-endpoints', start: (read) => read('GET webhook-endpoints', { query: wholeList }) },
  { path: '/webhook-endpoints/:id', start: (read, { id }) => read('GET webhook-endpoints/{id}', { id }) },
  {
    path: '/webhook-deliveries',
    start: (read, { filters }) =>
      read('GET webhook-deliveries', { query: { ...filters, limit: storedPageSize('webhook-deliveries') } }),
  },
  { path: '/webhook-deliveries/:id', start: (read, { id }) => read('GET webhook-deliveries/{id}', { id }) },
  { path: '/access-tokens', start: (read) => read('GET tokens', { query: wholeList }) },
  { path: '/access-tokens/connected-apps', start: (read) => read('GET connected-apps', { query: wholeList }) },
  { path: '/usage', start: (read) => read('GET usage', {}) },
  { path: '/activity', start: (read) => read('GET audit-events', { query: { limit: storedPageSize('activity') } }) },
];

/** @param address path without tenant, query and fragment */
export function readFirst(address: string, read: Read): void {
  const { pathname, searchParams } = new URL(address, location.origin);
  for (const { path, start } of firstReads) {
    const match = matchPath(path, pathname);
    if (match === null) continue;
    const filters = Object.fromEntries([...searchParams].filter(([, value]) => value !== ''));
    start(read, { id: match.params['id'] ?? '', filters });
    return;
  }
}

function readOverview(read: Read): void {
  read('GET overview', {});
}

function readWorkflows(read: Read): void {
  read('GET workflows', { query: wholeList });
  read('GET usage', {});
}
