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

/**
 * Shows what was read, that it is loading, or why it cannot be shown. What does not exist gets the page `NotFound`, also
 * if it was there before: nothing can be done with it any more.
 */
export function LoadState<T>({
  of: { data, error, refetch },
  noun,
  children,
}: {
  of: Loaded<T>;
  noun: string;
  children: (data: T) => ReactNode;
}) {
  if (error !== null && problemOf(error).code === 'not_found') return <NotFound noun={noun} />;
  if (data !== undefined) return children(data);
  if (error === null) {
    return (
      <Box textAlign="center" padding="xxl">
        <Spinner size="large" /> Loading the {noun}
      </Box>
    );
  }
  return <Refusal error={error} action={<Button onClick={() => void refetch()}>Try again</Button>} />;
}

/** The body of a table without rows: the error that kept it from loading, or a title and an explanation. */
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
