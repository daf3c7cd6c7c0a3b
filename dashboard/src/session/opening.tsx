import Spinner from '@cloudscape-design/components/spinner';
import './centered.css';

/** Shown while the session opens. */
export function Opening() {
  return (
    <div className="centered" role="status" aria-label="Opening the dashboard">
      <Spinner size="large" />
    </div>
  );
}
