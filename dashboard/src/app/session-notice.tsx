import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNotices } from '../parts/notices';
import { useSignInAgain } from '../session/end/use-sign-in-again';
import { SessionEnded } from '../session/problems';
import { useSession } from '../session/session';

const { title, detail } = new SessionEnded().problem;
const itemId = 'session-ended';

/** Says that the session has ended while the page is open, and offers to sign in again. */
export function useSessionNotice(): readonly FlashbarProps.MessageDefinition[] {
  const { isEnded, button, failure } = useSignInAgain();
  const other = useOtherPersonNotice();
  useReturn(isEnded);
  if (!isEnded) return other;
  const content = (
    <>
      {detail}
      {failure}
    </>
  );
  // A status is announced. An alert would also take the focus away from what is being typed.
  return [{ id: itemId, type: 'error', ariaRole: 'status', header: title, content, action: button }];
}

/** Says why the page was loaded again when somebody else signed in. */
function useOtherPersonNotice(): readonly FlashbarProps.MessageDefinition[] {
  const { email, otherPersonBefore } = useSession();
  const [isDismissed, setIsDismissed] = useState(false);
  if (otherPersonBefore === undefined || isDismissed) return [];
  return [
    {
      id: 'other-person',
      type: 'warning',
      header: `You are now signed in as ${email}`,
      content: `${otherPersonBefore} was signed in here before, so the page was loaded again. Nothing that was typed has been sent.`,
      dismissible: true,
      dismissLabel: 'Dismiss',
      onDismiss: () => setIsDismissed(true),
    },
  ];
}

/** Reads again what could not be read, and says that the person is back. */
function useReturn(isEnded: boolean): void {
  const { notify } = useNotices();
  const queries = useQueryClient();
  const wasEnded = useRef(false);
  useEffect(() => {
    if (wasEnded.current && !isEnded) {
      notify({ type: 'success', content: 'You are signed in again.' });
      void queries.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
      keepFocus();
    }
    wasEnded.current = isEnded;
  }, [isEnded, notify, queries]);
}

/** The notice goes with the button that has the focus, at once or after it has faded out. Without this, somebody who uses the keyboard would start at the top again. */
function keepFocus(): void {
  const heading = document.querySelector<HTMLElement>('main h1');
  const isInNotice = document.activeElement?.closest(`[data-itemid="${itemId}"]`) != null;
  if (heading === null || (!isInNotice && document.activeElement !== document.body)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
