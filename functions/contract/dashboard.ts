/** Paths to which people are sent: by the issuer after they sign in or sign out, and by an app that asks for access. */
export const dashboardPaths = { signedIn: '/signed-in', signedOut: '/', connect: '/connect' } as const;

/**
 * `Cache-Control` of the dashboard's files. The names in `assets/` contain a hash of the content, so browsers may keep
 * those files; every other file is revalidated at each request.
 */
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
  /**
   * Link to the log query for one run, with the placeholder `{uid}` for the run's uid. Absent where there are no
   * CloudWatch logs, as in a local run.
   */
  readonly run_logs_url?: string;
}
