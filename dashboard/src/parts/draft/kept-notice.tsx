import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { focusFirstField } from '../form/focus-first-field';
import { clockFormat } from '../time';

const clock = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', ...clockFormat });
const clockOfDay = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', ...clockFormat });

interface KeptNoticeProps {
  /** When the changes were made last. */
  readonly atMs: number;
  readonly discard: () => void;
  /** What was not kept, as a sentence. */
  readonly children?: ReactNode;
}

/** Says that a form holds what was typed before the page was left. */
export function KeptNotice({ atMs, discard, children }: KeptNoticeProps) {
  const press = () => {
    discard();
    focusFirstField();
  };
  const at = new Date(atMs);
  const format = at.toDateString() === new Date().toDateString() ? clock : clockOfDay;
  return (
    <div role="status">
      <Alert type="info" action={<Button onClick={press}>Discard them</Button>}>
        Your unsaved changes from {format.format(at)} are back.
        {children !== undefined && <> {children}</>}
      </Alert>
    </div>
  );
}
