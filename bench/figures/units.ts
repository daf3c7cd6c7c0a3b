/** 1,024 bytes are a KB, as everywhere in the product; what is no whole number of them is told in bytes. */
export function inBytes(bytes: number): string {
  return bytes % 1024 === 0 ? `${bytes / 1024} KB` : `${grouped(bytes)} bytes`;
}

/** A time in the largest unit of which it is a whole number. */
export function inTime(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** 1000 as `1,000`. */
export function grouped(value: number): string {
  return value.toLocaleString('en');
}
