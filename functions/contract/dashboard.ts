/** Where people come back to from signing in and signing out. */
export const dashboardPaths = { signedIn: '/signed-in', signedOut: '/' } as const;

/** Names of files in `assets/` carry a hash of their content; all others are asked for again each time. */
export const dashboardCacheControl = {
  assets: 'public, max-age=31536000, immutable',
  documents: 'no-cache',
} as const;

/** The dashboard's `/config.json`: what differs between deployments of one build. */
export interface DashboardConfig {
  /** OpenID Connect issuer, as in its discovery document. */
  readonly issuer: string;
  readonly client_id: string;
  readonly scope: string;
  readonly support_email: string;
  /** Link to the saved log query of one run, with `{uid}` for the run's; only where there are such logs. */
  readonly run_logs_url?: string;
}
