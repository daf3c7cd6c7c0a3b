import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import { useEffect, useRef } from 'react';
import { SessionEnded } from '../problems';
import { useSignInAgain } from './use-sign-in-again';

const { title, detail } = new SessionEnded().problem;

/**
 * Stands where a call was refused because the session has ended, also in a dialog, from which the notice above the page
 * cannot be reached. When the person is signed in again it says so in the same place.
 */
export function EndedAlert() {
  const { isEnded, button, failure } = useSignInAgain();
  const alert = useRef<AlertProps.Ref>(null);
  const wasEnded = useRef(isEnded);
  useEffect(() => {
    // The button that had the focus is gone.
    if (wasEnded.current && !isEnded && document.activeElement === document.body) alert.current?.focus();
    wasEnded.current = isEnded;
  }, [isEnded]);
  return (
    <div role="alert">
      {isEnded ? (
        <Alert ref={alert} type="error" header={title} action={button}>
          {detail}
          {failure}
        </Alert>
      ) : (
        <Alert ref={alert} type="success" header="You are signed in again">
          Go on where you were. What you asked for last was not sent yet.
        </Alert>
      )}
    </div>
  );
}
