import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal, { type ModalProps } from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly header: string;
  readonly size?: ModalProps.Size;
  readonly close: () => void;
  /** Closes the dialog without doing anything. Absent if the dialog has one button only. */
  readonly cancelText?: string;
  readonly confirmText: string;
  readonly confirm: () => void;
  readonly isAtWork?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/**
 * A modal dialog with its buttons. A click beside it does not close it. If it did, a double click would open the dialog
 * and close it again, and a stray click would lose typed text.
 */
export function Dialog(props: DialogProps) {
  const { header, size, close, cancelText, confirmText, confirm, isAtWork = false, disabled = false, children } = props;
  return (
    <Modal
      visible
      header={header}
      {...(size !== undefined && { size })}
      onDismiss={({ detail }) => {
        if (detail.reason !== 'overlay' && !isAtWork) close();
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {cancelText !== undefined && (
              <Button variant="link" disabled={isAtWork} onClick={close}>
                {cancelText}
              </Button>
            )}
            <Button
              variant="primary"
              loading={isAtWork}
              loadingText={confirmText}
              disabled={disabled}
              onClick={confirm}
            >
              {confirmText}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {children}
    </Modal>
  );
}
