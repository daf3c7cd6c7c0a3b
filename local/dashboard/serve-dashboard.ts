import { join } from 'node:path';
import type { HttpAnswer } from '../api/to-answer';
import type { Distribution } from '../distribution/read-distribution';
import type { BuildState } from './build-dashboard';
import { readServedFile } from './read-file';
import { dashboardCacheControl, type DashboardConfig } from '../../functions/contract/dashboard';

export interface ServedDashboard {
  readonly projectFolder: string;
  readonly distribution: Distribution;
  readonly config: DashboardConfig;
  readonly state: () => BuildState;
  /** The page to show while there is no built dashboard. */
  readonly pageWithout: (state: BuildState) => HttpAnswer;
}

/** Serves the dashboard's files as the CloudFront distribution does. Returns undefined for requests to the API. */
export function dashboardPages(served: ServedDashboard): (method: string, path: string) => HttpAnswer | undefined {
  const { projectFolder, distribution, config, state, pageWithout } = served;
  const folder = join(projectFolder, 'dashboard', 'dist');
  const headers = {
    ...distribution.headers,
    // The policy in the template allows requests to the deployed issuer; here they go to the local one.
    'content-security-policy': withConnections(distribution.headers['content-security-policy'], config.issuer),
  };

  return (method, path) => {
    if (distribution.isBehindApi(path) || !['GET', 'HEAD'].includes(method)) return undefined;
    const uri = distribution.rewriteUri(path);
    if (uri === '/config.json') {
      const body = Buffer.from(JSON.stringify(config));
      return answer(200, { contentType: 'application/json', body }, dashboardCacheControl.documents);
    }
    const built = state();
    if (uri === '/index.html' && built.is !== 'built') return pageWithout(built);
    const file = readServedFile(folder, uri);
    if (file === undefined)
      return answer(404, { contentType: 'text/plain', body: Buffer.from('Not found\n') }, 'no-cache');
    return answer(
      200,
      file,
      uri.startsWith('/assets/') ? dashboardCacheControl.assets : dashboardCacheControl.documents,
    );
  };

  function answer(status: number, file: { contentType: string; body: Buffer }, cacheControl: string): HttpAnswer {
    return {
      status,
      headers: { ...headers, 'content-type': file.contentType, 'cache-control': cacheControl },
      body: file.body,
    };
  }
}

function withConnections(policy: string | undefined, origin: string): string {
  return (policy ?? '').replace(/connect-src [^;]*/, `connect-src 'self' ${origin}`);
}
