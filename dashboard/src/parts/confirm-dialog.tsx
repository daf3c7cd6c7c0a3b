import SpaceBetween from '@cloudscape-design/components/space-between';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Dialog } from './dialog';
import { Refusal } from './refusal';

interface ConfirmDialogProps<Result> {
  readonly header: string;
  readonly confirmText: string;
  readonly act: UseMutationResult<Result, Error, void>;
  readonly done: (result: Result) => void;
  readonly close: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** Asks before something is done, does it once, and stays open with the reason when it was refused. */
export function ConfirmDialog<Result>(props: ConfirmDialogProps<Result>) {
  const { header, confirmText, act, done, close, disabled = false, children } = props;
  const [sending, setSending] = useState(false);
  const confirm = () => {
    if (sending) return;
    setSending(true);
    act.mutate(undefined, {
      onSuccess: (result) => {
        close();
        done(result);
      },
      onError: () => setSending(false),
    });
  };
  return (
    <Dialog
      header={header}
      close={close}
      cancelText="Cancel"
      confirmText={confirmText}
      confirm={confirm}
      isAtWork={sending}
      disabled={disabled}
    >
      <SpaceBetween size="m">
        <div>{children}</div>
        {act.error !== null && <Refusal error={act.error} />}
      </SpaceBetween>
    </Dialog>
  );
}
