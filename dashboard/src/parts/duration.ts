/** How long something took, for people: `640 ms`, `2.1 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${part(seconds % 60, 's')}`;
  return `${Math.floor(minutes / 60)} h${part(minutes % 60, 'min')}`;
}

/** How long something has gone on, in whole seconds, as a clock shows it that ticks once a second. Never negative. */
export function soFar(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1_000));
  return whole < 60 ? `${whole} s` : duration(whole * 1_000);
}

export function seconds(count: number): string {
  return count === 0 ? 'none' : duration(count * 1_000).replace('.0 s', ' s');
}

function part(count: number, unit: string): string {
  return count === 0 ? '' : ` ${count} ${unit}`;
}
