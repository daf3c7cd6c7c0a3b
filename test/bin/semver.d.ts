declare module 'semver' {
  /** Tells whether every version in the first range is in the second too. */
  export function subset(range: string, wider: string): boolean;
}
