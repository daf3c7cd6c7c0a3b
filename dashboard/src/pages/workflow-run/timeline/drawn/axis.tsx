import { lengthOf } from '../axis/folds';
import { roughly, type Mark } from '../axis/marks';
import type { Scale } from '../axis/scale';

/** The round marks at the top, and how long each fold is. The rows say all times themselves. */
export function Axis({ scale, marks }: { scale: Scale; marks: readonly Mark[] }) {
  return (
    <div className="picture-axis" aria-hidden="true">
      {marks.map(({ share, label }) => (
        <span key={label} className="picture-mark" style={{ left: `${share * 100}%` }}>
          {label}
        </span>
      ))}
      {scale.folds.map(({ from, to }) => (
        <span key={from} className="picture-fold-length" style={{ left: `${centre(scale, from, to) * 100}%` }}>
          {roughly(lengthOf({ from, to }))}
        </span>
      ))}
    </div>
  );
}

/** What reaches over all rows: the marks, the folds, the end of the run, and now. */
export function Lines({ scale, marks, now }: { scale: Scale; marks: readonly Mark[]; now: number | undefined }) {
  return (
    <div className="picture-lines" aria-hidden="true">
      {marks.map(({ share, label }) => (
        <span key={label} className="picture-grid" style={{ left: `${share * 100}%` }} />
      ))}
      {scale.folds.map(({ from, to }) => (
        <span
          key={from}
          className="picture-fold"
          style={{ left: `${scale.at(from) * 100}%`, width: `${(scale.at(to) - scale.at(from)) * 100}%` }}
        />
      ))}
      {now !== undefined && (
        <span className="picture-now" style={{ left: `${scale.at(now) * 100}%` }}>
          <span className="picture-now-word">Now</span>
        </span>
      )}
    </div>
  );
}

function centre(scale: Scale, from: number, to: number): number {
  return (scale.at(from) + scale.at(to)) / 2;
}
