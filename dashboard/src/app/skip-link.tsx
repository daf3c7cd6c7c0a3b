import type { ReactNode } from 'react';
import './skip-link.css';

const id = 'main-content';

/** The first stop of the Tab key: leads past the bar and the menu (WCAG 2.4.1). It is seen only while it has the focus. */
export function SkipLink() {
  return (
    <a
      className="skip-link"
      href={`#${id}`}
      onClick={(event) => {
        // The address stays as it is: a fragment in it would be copied with the link.
        event.preventDefault();
        document.getElementById(id)?.focus();
      }}
    >
      Skip to main content
    </a>
  );
}

/** What the link leads to. The layout's own `main` has no box, and browsers refuse the focus to such an element. */
export function MainContent({ children }: { children: ReactNode }) {
  return (
    <div id={id} className="main-content" tabIndex={-1}>
      {children}
    </div>
  );
}
