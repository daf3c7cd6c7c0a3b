import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useQueryClient, type Query, type QueryCache } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { problemOf } from '../api/api-error';
import { useIsOffline } from '../api/connection';

/**
 * A page keeps its data when reading it again fails. This notice says that the data is out of date. Without a connection
 * one notice says so instead, before anything fails, and goes away by itself.
 */
export function useStaleNotice(): readonly FlashbarProps.MessageDefinition[] {
  const queries = useQueryClient();
  const cache = queries.getQueryCache();
  const error = useSyncExternalStore(
    useCallback((changed) => cache.subscribe(changed), [cache]),
    () => staleError(cache),
  );
  const isOffline = useIsOffline();
  if (isOffline) return [offline];
  if (error === undefined) return [];
  return [
    {
      id: 'stale',
      type: 'warning',
      header: 'Not up to date',
      content: `This page shows the data that was loaded last. ${problemOf(error).detail}`,
      action: <Button onClick={() => void queries.refetchQueries({ predicate: isStale })}>Try again</Button>,
    },
  ];
}

const offline: FlashbarProps.MessageDefinition = {
  id: 'offline',
  type: 'warning',
  header: 'You are offline',
  content: 'The data on this page may be old. It is read again when there is a connection.',
  ariaRole: 'status',
};

function staleError(cache: QueryCache): unknown {
  return cache.getAll().find(isStale)?.state.error ?? undefined;
}

/** What failed without a connection is being read again by now. */
function isStale(query: Query): boolean {
  const { status, data, error } = query.state;
  return query.isActive() && status === 'error' && data !== undefined && problemOf(error).code !== 'offline';
}
