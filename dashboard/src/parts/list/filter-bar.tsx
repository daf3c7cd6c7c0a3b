import type { ReactNode } from 'react';
import './filter-bar.css';

/** Filters side by side, below each other where there is no room. */
export function FilterBar({ children }: { children: ReactNode }) {
  return <div className="filter-bar">{children}</div>;
}
