/** A user who can sign in with one click. */
export interface DemoUser {
  readonly email: string;
  /** Heading under which the sign-in page lists the user. */
  readonly group: string;
  /** What the sign-in page says about the user. */
  readonly note: string;
}

/** The password of every user. It need not be secret, because it protects only data on this machine. */
export const demoPassword = 'demo-password';
