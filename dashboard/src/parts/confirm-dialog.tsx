import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Act } from '../api/use-api';
import { Dialog } from './dialog';
import { Refusal } from './refusal';

interface ConfirmDialogProps<Result> {
  readonly header: string;
  readonly confirmText: string;
  readonly act: Act<void, Result>;
  readonly done: (result: Result) => void;
  readonly close: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** Asks before a change is made. Closes when it succeeded, and stays open with the reason when it was refused. */
export function ConfirmDialog<Result>(props: ConfirmDialogProps<Result>) {
  const { header, confirmText, act, done, close, disabled = false, children } = props;
  const onSuccess = (result: Result) => {
    close();
    done(result);
  };
  return (
    <Dialog
      header={header}
      close={close}
      cancelText="Cancel"
      confirmText={confirmText}
      confirm={() => act.mutate(undefined, { onSuccess })}
      isAtWork={act.isPending}
      disabled={disabled}
    >
      <SpaceBetween size="m">
        <div>{children}</div>
        {act.error !== null && <Refusal error={act.error} />}
      </SpaceBetween>
    </Dialog>
  );
}
