import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Modal, { type ModalProps } from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { CloseQuestion, typedQuestion, type Question } from './held/close-question';

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
  /** What Cancel, Esc and the close button do instead of closing the dialog. */
  readonly stop?: (() => void) | undefined;
  /** What Esc and the close button ask first, as does leaving the page. Typed text is asked about in any case. */
  readonly question?: Question | undefined;
  /** Called when the person has chosen to throw away what was typed, if something else keeps it. */
  readonly thrownAway?: () => void;
  /** True once only the confirming button is left, so that the focus is not lost with another one. */
  readonly isDone?: boolean;
  readonly children: ReactNode;
}

/**
 * A modal dialog with its buttons. A click beside it does not close it. If it did, a double click would open the dialog
 * and close it again, and a stray click would lose typed text. While an act is under way the dialog can be closed: the
 * act is then let go of (`useFlight`), because its answer may never come.
 */
export function Dialog(props: DialogProps) {
  const { header, size, close, cancelText, confirmText, confirm, isAtWork = false, disabled = false } = props;
  const { stop, thrownAway, isDone = false, children } = props;
  const [isTyped, setIsTyped] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const confirmButton = useRef<ButtonProps.Ref>(null);
  useEffect(() => {
    if (isDone) confirmButton.current?.focus();
  }, [isDone]);
  const question = props.question ?? (isTyped ? typedQuestion : undefined);

  const dismiss = () => {
    if (stop !== undefined) stop();
    else if (question !== undefined && !isAtWork) setIsAsked(!isAsked);
    else close();
  };
  return (
    <Modal
      visible
      header={header}
      {...(size !== undefined && { size })}
      onDismiss={({ detail }) => {
        if (detail.reason !== 'overlay') dismiss();
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {cancelText !== undefined && (
              <Button variant="link" onClick={stop ?? close}>
                {cancelText}
              </Button>
            )}
            <Button
              ref={confirmButton}
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
      <SpaceBetween size="m">
        {question !== undefined && (
          <CloseQuestion
            question={question}
            isAsked={isAsked}
            keep={() => setIsAsked(false)}
            close={() => {
              thrownAway?.();
              close();
            }}
          />
        )}
        <div onInput={({ target }) => setIsTyped(isTyped || isTextField(target))}>{children}</div>
      </SpaceBetween>
    </Modal>
  );
}

/** Not a checkbox or a radio button: what is chosen with a click is chosen again with a click. */
function isTextField(target: EventTarget): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio)$/.test(target.type))
  );
}
