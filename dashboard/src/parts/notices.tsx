import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { problemOf } from '../api/api-error';

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
  return <NoticesContext value={notices}>{children}</NoticesContext>;
}

/** The notices above the page, and functions that add one. */
export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === undefined) throw new Error('useNotices must be used inside NoticesProvider');
  return notices;
}
