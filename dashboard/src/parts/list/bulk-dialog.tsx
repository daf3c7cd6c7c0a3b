import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { ApiError } from '../../api/api-error';
import type { Call } from '../../api/call';
import { Dialog } from '../dialog';
import { plural } from '../plural';
import { Refusal } from '../refusal';
import { useForEach, type Outcome } from '../use-for-each';

interface BulkDialogProps<T, R> {
  readonly header: string;
  readonly confirmText: string;
  /** Another word for `Cancel` where that could be read as confirming. */
  readonly cancelText?: string;
  /** Lower-case: `run`, `runs`. */
  readonly noun: [one: string, many: string];
  readonly nameOf: (item: T) => string;
  readonly items: readonly T[];
  readonly act: (call: Call, item: T) => Promise<R>;
  /** Beginnings of the paths that are read again afterwards, such as `workflow-runs`. */
  readonly changedRoutes: readonly string[];
  /** Called when every item succeeded, after the dialog has closed. */
  readonly done: (results: readonly R[]) => void;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** Makes one change to several items: asks first, shows the progress, and lists the items that were refused. */
export function BulkDialog<T, R>(props: BulkDialogProps<T, R>) {
  const { header, confirmText, cancelText = 'Cancel', items, act, changedRoutes, done, close, children } = props;
  const { outcomes, isAtWork, start } = useForEach(act, changedRoutes);
  const isDone = !isAtWork && outcomes.length > 0;
  const onSuccess = (all: readonly Outcome<T, R>[]) => {
    if (all.some(({ problem }) => problem !== undefined)) return;
    close();
    done(all.flatMap(({ result }) => (result === undefined ? [] : [result])));
  };
  return (
    <Dialog
      header={header}
      close={close}
      {...(!isDone && { cancelText })}
      confirmText={isDone ? 'Close' : confirmText}
      confirm={isDone ? close : () => start(items, { onSuccess })}
      isAtWork={isAtWork}
      disabled={!isDone && items.length === 0}
    >
      <SpaceBetween size="m">
        {!isDone && <div>{children}</div>}
        {isAtWork && <ProgressBar label={confirmText} value={(outcomes.length / Math.max(1, items.length)) * 100} />}
        {isDone && <Summary {...props} outcomes={outcomes} />}
      </SpaceBetween>
    </Dialog>
  );
}

type SummaryProps<T, R> = Pick<BulkDialogProps<T, R>, 'items' | 'noun' | 'nameOf'> & {
  readonly outcomes: readonly Outcome<T, R>[];
};

function Summary<T, R>({ outcomes, items, noun, nameOf }: SummaryProps<T, R>) {
  const refused = outcomes.filter(({ problem }) => problem !== undefined);
  const succeeded = outcomes.length - refused.length;
  const notTried = items.length - outcomes.length;
  const last = refused.at(-1)?.problem;
  return (
    <SpaceBetween size="s">
      <StatusIndicator type={refused.length === 0 ? 'success' : 'warning'}>
        {plural(succeeded, ...noun)} done{refused.length > 0 && `, ${refused.length} refused`}
        {notTried > 0 && `, ${notTried} not tried`}
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
