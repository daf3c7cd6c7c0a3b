import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';
import { problemOf } from '../api/api-error';
import { NotFound } from './not-found';
import { Refusal } from './refusal';

interface Loaded<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** What was read, or why not yet. A thing that does not exist gets the same page as an address that does not. */
export function LoadState<T>({
  of: { data, error, refetch },
  thing,
  children,
}: {
  of: Loaded<T>;
  thing: string;
  children: (data: T) => ReactNode;
}) {
  if (data !== undefined) return children(data);
  if (error === null) {
    return (
      <Box textAlign="center" padding="xxl">
        <Spinner size="large" /> Loading the {thing}
      </Box>
    );
  }
  if (problemOf(error).code === 'not_found') return <NotFound thing={thing} />;
  return <Refusal error={error} action={<Button onClick={() => void refetch()}>Try again</Button>} />;
}

/** The body of a table that has no rows. */
export function NoRows({
  error,
  retry,
  title,
  children,
}: {
  error: unknown;
  retry: () => void;
  title: string;
  children?: ReactNode;
}) {
  if (error !== null) return <Refusal error={error} action={<Button onClick={retry}>Try again</Button>} />;
  return (
    <Box textAlign="center" color="inherit" padding="m">
      <SpaceBetween size="s">
        <Box variant="strong">{title}</Box>
        {children !== undefined && <div>{children}</div>}
      </SpaceBetween>
    </Box>
  );
}
