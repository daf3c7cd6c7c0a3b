import { dashboardPaths } from '../contract/dashboard';

/** The addresses of the authorization server. Those of {@link libraryPaths} are answered by the library. */
export const oauthPaths = {
  authorize: '/oauth/authorize',
  token: '/oauth/token',
  register: '/oauth/register',
  revoke: '/oauth/revoke',
  interaction: '/oauth/interaction',
  metadata: '/.well-known/oauth-authorization-server',
  resourceMetadata: '/.well-known/oauth-protected-resource',
} as const;

/** The page of the dashboard on which a person decides. */
export function decisionPage(uid: string): string {
  return `${dashboardPaths.connect}?request=${uid}`;
}

const { authorize, token, register, revoke, metadata } = oauthPaths;

const libraryPaths = [
  { path: /^\/oauth\/authorize(\/[\w-]+)?$/, methods: ['GET'] },
  { path: exactly(token), methods: ['POST'] },
  { path: exactly(register), methods: ['POST'] },
  { path: exactly(revoke), methods: ['POST'] },
  { path: exactly(metadata), methods: ['GET'] },
];

/** The methods that the library answers at a path; undefined if it answers none there. */
export function libraryMethods(path: string): readonly string[] | undefined {
  return libraryPaths.find(({ path: pattern }) => pattern.test(path))?.methods;
}

/** Programs in web pages of any origin may ask here: what is answered does not depend on cookies. */
export function isOpenToPages(path: string): boolean {
  return !path.startsWith(authorize) && !path.startsWith(oauthPaths.interaction);
}

function exactly(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', String.raw`\.`)}$`);
}
