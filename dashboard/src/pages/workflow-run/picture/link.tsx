import type { MouseEvent, ReactNode } from 'react';
import { useGo } from '../../../parts/go';

interface LinkProps {
  /** A path of the dashboard, or `#` and the id of an element of this page. */
  readonly to: string;
  /** Names it for the keys and the pointer, which find it by this. */
  readonly place: string;
  readonly isReached: boolean;
  readonly className: string;
  readonly label?: string | undefined;
  /** It leads to what the page shows already. */
  readonly isCurrent?: boolean;
  /** Where on its line it stands, for the mark of an attempt. */
  readonly share?: number | undefined;
  readonly children: ReactNode;
}

/** A line of the picture, or a mark on it. Cloudscape's link can neither be placed nor left out of the order of Tab. */
export function Link({ to, className, place, isReached, label, isCurrent = false, share, children }: LinkProps) {
  const { hrefOf, go } = useGo();
  const isInPage = to.startsWith('#');
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (isInPage) lookAt(to.slice(1));
    else go(to);
  };
  return (
    <a
      className={className}
      href={isInPage ? to : hrefOf(to)}
      data-place={place}
      tabIndex={isReached ? 0 : -1}
      aria-label={label}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={follow}
      {...(share !== undefined && { style: { left: `${share * 100}%` } })}
    >
      {children}
    </a>
  );
}

function lookAt(id: string): void {
  const target = document.getElementById(id);
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}
