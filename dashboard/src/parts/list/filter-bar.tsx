import type { ReactNode } from 'react';
import './filter-bar.css';

/** Shows filters side by side, and one below the other where there is no room. */
export function FilterBar({ children }: { children: ReactNode }) {
  return <div className="filter-bar">{children}</div>;
}
