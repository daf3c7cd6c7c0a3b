import type { ModalProps } from '@cloudscape-design/components/modal';
import type { ReactNode } from 'react';
import { Dialog } from '../dialog';

interface ShownOnceDialogProps {
  readonly header: string;
  readonly size?: ModalProps.Size;
  /** What is shown, lower-case: `secret`. */
  readonly noun: string;
  readonly close: () => void;
  readonly children: ReactNode;
}

/**
 * Shows what the API does not give out again. The dialog stays until the person says that it is stored, or has confirmed
 * that it may be lost. It lives in the memory of the page only, never in storage or the address.
 */
export function ShownOnceDialog({ header, size, noun, close, children }: ShownOnceDialogProps) {
  return (
    <Dialog
      header={header}
      {...(size !== undefined && { size })}
      close={close}
      confirmText="I have stored it"
      confirm={close}
      question={{
        header: `Close without storing the ${noun}?`,
        text: 'It is not shown again.',
        keepText: 'Keep it open',
        leaveText: 'Close without storing it',
      }}
    >
      {children}
    </Dialog>
  );
}
