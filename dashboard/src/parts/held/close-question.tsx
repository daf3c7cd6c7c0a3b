import Alert from '@cloudscape-design/components/alert';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef } from 'react';
import { useStay } from './use-stay';

/** What a dialog asks before something is lost with it. */
export interface Question {
  readonly header: string;
  readonly text: string;
  readonly keepText: string;
  readonly leaveText: string;
}

export const typedQuestion: Question = {
  header: 'Throw away what you typed?',
  text: 'It is not kept when the dialog closes.',
  keepText: 'Go on typing',
  leaveText: 'Throw away',
};

interface CloseQuestionProps {
  readonly question: Question;
  readonly isAsked: boolean;
  readonly keep: () => void;
  readonly close: () => void;
}

/** Asks inside a dialog whether to close it, when the person tried to, or is about to leave the page. */
export function CloseQuestion({ question, isAsked, keep, close }: CloseQuestionProps) {
  const blocker = useStay();
  if (!isAsked && blocker.state !== 'blocked') return null;
  return (
    <Asked
      question={question}
      keep={() => {
        blocker.reset?.();
        keep();
      }}
      leave={() => {
        close();
        blocker.proceed?.();
      }}
    />
  );
}

interface AskedProps {
  readonly question: Question;
  readonly keep: () => void;
  readonly leave: () => void;
}

/** Takes the focus, and gives it back to where it was if the dialog stays. */
function Asked({ question: { header, text, keepText, leaveText }, keep, leave }: AskedProps) {
  const keepButton = useRef<ButtonProps.Ref>(null);
  useEffect(() => {
    const before = document.activeElement;
    keepButton.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <LiveRegion assertive>
      <Alert
        type="warning"
        header={header}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            <Button ref={keepButton} onClick={keep}>
              {keepText}
            </Button>
            <Button onClick={leave}>{leaveText}</Button>
          </SpaceBetween>
        }
      >
        {text}
      </Alert>
    </LiveRegion>
  );
}
