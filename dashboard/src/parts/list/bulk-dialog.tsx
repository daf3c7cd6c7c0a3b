import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Problem } from '../../api/api-error';
import type { Call } from '../../api/call';
import type { Question } from '../held/close-question';
import { Dialog } from '../dialog';
import { Refusal } from '../refusal';
import { useForEach, type Outcome } from '../use-for-each';
import { BulkSummary, countsOf, undoneOf } from './bulk-summary';

interface BulkDialogProps<T, R> {
  readonly header: string;
  readonly confirmText: string;
  /** Another word for `Cancel` where that could be read as confirming. */
  readonly cancelText?: string;
  /** Lower-case: `run`, `runs`. */
  readonly noun: readonly [one: string, many: string];
  readonly nameOf: (item: T) => string;
  readonly items: readonly T[];
  readonly act: (call: Call, item: T) => Promise<R>;
  /** Beginnings of the paths that are read again afterwards, such as `workflow-runs`. */
  readonly changedRoutes: readonly string[];
  /** Called when every item succeeded, after the dialog has closed. */
  readonly done: (results: readonly R[]) => void;
  /** Called when the work has ended, with the items that were refused, got no answer or were not tried. */
  readonly undone?: ((items: readonly T[]) => void) | undefined;
  /** What the person can do about an item that was refused. */
  readonly remedy?: (item: T, problem: Problem) => ReactNode;
  readonly close: () => void;
  readonly children: ReactNode;
}

const leaveQuestion: Question = {
  header: 'Leave while this is under way?',
  text: 'What is done stays done, and the rest is not tried.',
  keepText: 'Stay',
  leaveText: 'Stop and leave',
};

/**
 * Makes one change to several items: asks first, shows the progress, and lists the items that were refused. While it
 * works it can be stopped after the item under way; pressing again does not wait for that one either.
 */
export function BulkDialog<T, R>(props: BulkDialogProps<T, R>) {
  const { header, confirmText, cancelText = 'Cancel', items, act, changedRoutes, done, undone, close } = props;
  const { outcomes, isAtWork, isStopping, stop, start, problem } = useForEach(act, changedRoutes, (all) =>
    countsOf(props, all, true),
  );
  const isDone = !isAtWork && outcomes.length > 0;
  const mayWait = items.length > 1 && !isStopping;
  const onSuccess = (all: readonly Outcome<T, R>[]) => {
    const left = undoneOf(items, all);
    undone?.(left);
    if (left.length > 0) return;
    close();
    done(all.flatMap(({ result }) => (result === undefined ? [] : [result])));
  };
  const letGo = () => {
    undone?.(undoneOf(items, outcomes));
    close();
  };
  return (
    <Dialog
      header={header}
      close={isAtWork ? letGo : close}
      {...(!isDone && { cancelText: workText(isAtWork, mayWait) ?? cancelText })}
      confirmText={isDone ? 'Close' : confirmText}
      confirm={isDone ? close : () => start(items, { onSuccess })}
      isAtWork={isAtWork}
      isDone={isDone}
      disabled={!isDone && items.length === 0}
      stop={isAtWork && mayWait ? stop : undefined}
      question={isAtWork ? leaveQuestion : undefined}
    >
      <SpaceBetween size="m">
        {!isDone && <div>{props.children}</div>}
        {isAtWork && (
          <ProgressBar
            label={confirmText}
            value={(outcomes.length / Math.max(1, items.length)) * 100}
            additionalInfo={isStopping ? 'Stops after the one under way.' : ''}
          />
        )}
        {isDone && <BulkSummary {...props} outcomes={outcomes} />}
        {!isAtWork && problem !== undefined && <Refusal error={problem} />}
      </SpaceBetween>
    </Dialog>
  );
}

/** The word on the button beside the one that is at work. */
function workText(isAtWork: boolean, mayWait: boolean): string | undefined {
  if (!isAtWork) return undefined;
  return mayWait ? 'Stop' : 'Do not wait';
}
