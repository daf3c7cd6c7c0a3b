import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNotices } from '../parts/notices';
import { useSignInAgain } from '../session/end/use-sign-in-again';
import { SessionEnded } from '../session/problems';
import { useSession } from '../session/session';

const { title, detail } = new SessionEnded().problem;

/** Says that the session has ended while the page is open, and offers to sign in again. */
export function useSessionNotice(): readonly FlashbarProps.MessageDefinition[] {
  const { isEnded, button, failure } = useSignInAgain();
  const other = useOtherPersonNotice();
  useReturn();
  if (!isEnded) return other;
  const content = (
    <>
      {detail}
      {failure}
    </>
  );
  return [{ id: 'session-ended', type: 'error', ariaRole: 'alert', header: title, content, action: button }];
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
function useReturn(): void {
  const { end } = useSession();
  const { notify } = useNotices();
  const queries = useQueryClient();
  useEffect(
    () =>
      end.subscribe(() => {
        if (end.isEnded()) return;
        notify({ type: 'success', content: 'You are signed in again.' });
        void queries.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
      }),
    [end, notify, queries],
  );
}
