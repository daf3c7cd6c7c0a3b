import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { ApiError } from '../../api/api-error';
import { Dialog } from '../dialog';
import { plural } from '../plural';
import { Refusal } from '../refusal';
import type { Outcome } from '../use-for-each';

interface BulkDialogProps<T> {
  readonly header: string;
  readonly confirmText: string;
  /** The way out; `Cancel` where that says it. */
  readonly keepText?: string;
  /** One of them: `run`. */
  readonly thing: [one: string, many: string];
  readonly nameOf: (item: T) => string;
  /** How many it will be done to. */
  readonly count: number;
  readonly outcomes: readonly Outcome<T, unknown>[];
  readonly isAtWork: boolean;
  readonly confirm: () => void;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** Says how many first, then does it, then says what became of each. */
export function BulkDialog<T>(props: BulkDialogProps<T>) {
  const { header, confirmText, keepText = 'Cancel', count, outcomes, isAtWork, confirm, close, children } = props;
  const isDone = !isAtWork && outcomes.length > 0;
  return (
    <Dialog
      header={header}
      close={close}
      {...(!isDone && { cancelText: keepText })}
      confirmText={isDone ? 'Close' : confirmText}
      confirm={isDone ? close : confirm}
      isAtWork={isAtWork}
      disabled={!isDone && count === 0}
    >
      <SpaceBetween size="m">
        {!isDone && <div>{children}</div>}
        {isAtWork && <ProgressBar label={confirmText} value={(outcomes.length / Math.max(1, count)) * 100} />}
        {isDone && <Summary {...props} />}
      </SpaceBetween>
    </Dialog>
  );
}

function Summary<T>({ outcomes, count, thing, nameOf }: BulkDialogProps<T>) {
  const refused = outcomes.filter(({ problem }) => problem !== undefined);
  const done = outcomes.length - refused.length;
  const untouched = count - outcomes.length;
  const last = refused.at(-1)?.problem;
  return (
    <SpaceBetween size="s">
      <StatusIndicator type={refused.length === 0 ? 'success' : 'warning'}>
        {plural(done, ...thing)} done{refused.length > 0 && `, ${refused.length} refused`}
        {untouched > 0 && `, ${untouched} not tried`}
      </StatusIndicator>
      {last?.code === 'daily_cap_reached' ? (
        <Refusal error={new ApiError(last)} />
      ) : (
        <ul>
          {refused.map(({ item, problem }) => (
            <li key={nameOf(item)}>
              {nameOf(item)}: {problem?.detail}
            </li>
          ))}
        </ul>
      )}
    </SpaceBetween>
  );
}
