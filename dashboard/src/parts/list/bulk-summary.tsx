import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { ApiError, type Problem } from '../../api/api-error';
import { plural } from '../plural';
import { Reasons, Refusal } from '../refusal';
import type { Outcome } from '../use-for-each';

interface Bulk<T> {
  readonly items: readonly T[];
  /** Lower-case: `run`, `runs`. */
  readonly noun: readonly [one: string, many: string];
}

/** The items that were not changed for sure: refused, without an answer, or not tried. */
export function undoneOf<T>(items: readonly T[], outcomes: readonly Outcome<T, unknown>[]): readonly T[] {
  const done = outcomes.filter(({ problem }) => problem === undefined).map(({ item }) => item);
  return items.filter((item) => !done.includes(item));
}

/** `2 runs done, 1 refused, 3 not tried`. */
export function countsOf<T>({ items, noun }: Bulk<T>, outcomes: readonly Outcome<T, unknown>[], isUnderWay = false) {
  const unanswered = outcomes.filter(({ problem }) => problem?.code === 'no_answer').length + (isUnderWay ? 1 : 0);
  const done = outcomes.filter(({ problem }) => problem === undefined).length;
  const refused = outcomes.filter(({ problem }) => problem !== undefined && problem.code !== 'no_answer').length;
  const notTried = items.length - done - refused - unanswered;
  return [
    `${plural(done, ...noun)} done`,
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(unanswered > 0 ? [`${unanswered} without an answer`] : []),
    ...(notTried > 0 ? [`${notTried} not tried`] : []),
  ].join(', ');
}

interface BulkSummaryProps<T> extends Bulk<T> {
  readonly nameOf: (item: T) => string;
  readonly outcomes: readonly Outcome<T, unknown>[];
  readonly remedy?: (item: T, problem: Problem) => ReactNode;
}

/** How many items were changed, and why the others were not. */
export function BulkSummary<T>({ outcomes, items, noun, nameOf, remedy }: BulkSummaryProps<T>) {
  const failed = outcomes.filter(({ problem }) => problem !== undefined);
  const last = failed.at(-1)?.problem;
  const isComplete = undoneOf(items, outcomes).length === 0;
  return (
    <SpaceBetween size="s">
      <LiveRegion>
        <StatusIndicator type={isComplete ? 'success' : 'warning'}>
          {countsOf({ items, noun }, outcomes)}
        </StatusIndicator>
      </LiveRegion>
      {last?.code === 'daily_cap_reached' ? (
        <Refusal error={new ApiError(last)} />
      ) : (
        <ul>
          {failed.map(({ item, problem }) => (
            <li key={nameOf(item)}>
              {nameOf(item)}: {problem !== undefined && <Reasons problem={problem} />}{' '}
              {problem !== undefined && remedy?.(item, problem)}
            </li>
          ))}
        </ul>
      )}
    </SpaceBetween>
  );
}
