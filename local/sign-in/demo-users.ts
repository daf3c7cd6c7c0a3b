/** Someone who may sign in with one click. */
export interface DemoUser {
  readonly email: string;
  /** Under which heading the page lists them. */
  readonly group: string;
  /** What the page says of them. */
  readonly note: string;
}

/** Of everybody: what is protected here is on this machine, as is the password. */
export const demoPassword = 'demo-password';
