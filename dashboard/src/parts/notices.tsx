import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { problemOf } from '../api/api-error';
import { LetGoContext } from '../api/use-flight';

export interface Notice {
  readonly type: 'success' | 'info' | 'warning' | 'error';
  readonly header?: string;
  readonly content: ReactNode;
  readonly action?: ReactNode;
}

interface Notices {
  readonly items: readonly FlashbarProps.MessageDefinition[];
  readonly notify: (notice: Notice) => void;
  readonly notifyProblem: (error: unknown) => void;
}

const NoticesContext = createContext<Notices | undefined>(undefined);

/** A success notice disappears by itself, because the page shows the result too. Others stay until dismissed. */
const successNoticeMs = 12_000;
const maxNotices = 5;

function unknownOutcome(known = 'The request was sent, and you did not wait for its answer'): Notice {
  return {
    type: 'warning',
    header: 'It is not known whether it was done',
    content: `${known}. Look at what the page shows before you repeat it.`,
  };
}

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([]);

  const notify = useCallback((notice: Notice) => {
    const id = crypto.randomUUID();
    const dismiss = () => setItems((shown) => shown.filter((item) => item.id !== id));
    const item: FlashbarProps.MessageDefinition = {
      ...notice,
      id,
      dismissible: true,
      dismissLabel: 'Dismiss',
      onDismiss: dismiss,
    };
    setItems((shown) => [item, ...shown].slice(0, maxNotices));
    if (notice.type === 'success') setTimeout(dismiss, successNoticeMs);
  }, []);

  const notices = useMemo<Notices>(
    () => ({
      items,
      notify,
      notifyProblem: (error) => {
        const { title, detail } = problemOf(error);
        notify({ type: 'error', header: title, content: detail });
      },
    }),
    [items, notify],
  );
  const letGo = useCallback((known?: string) => notify(unknownOutcome(known)), [notify]);
  return (
    <NoticesContext value={notices}>
      <LetGoContext value={letGo}>{children}</LetGoContext>
    </NoticesContext>
  );
}

/** The notices above the page, and functions that add one. */
export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === undefined) throw new Error('useNotices must be used inside NoticesProvider');
  return notices;
}
