import type { Tick } from '../rows/row';

/** An attempt by its outcome: a check, a cross, or a ring if it is still to come. */
export function AttemptShape({ made }: Pick<Tick, 'made'>) {
  if (made === undefined) {
    return (
      <svg viewBox="0 0 16 16" aria-hidden="true" className="picture-running">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3 2" />
      </svg>
    );
  }
  return made.error_class === null ? (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="picture-succeeded">
      <circle cx="8" cy="8" r="7.5" fill="currentColor" />
      <path d="M4.5 8.5l2.5 2.5 4.5-5" fill="none" stroke="var(--picture-ground)" strokeWidth="2" />
    </svg>
  ) : (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="picture-failed">
      <rect x="0.5" y="0.5" width="15" height="15" rx="2" fill="currentColor" />
      <path d="M4.5 4.5l7 7m0-7l-7 7" fill="none" stroke="var(--picture-ground)" strokeWidth="2" />
    </svg>
  );
}
