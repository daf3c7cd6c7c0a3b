import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import type { HttpAnswer } from '../api/to-answer';
import type { Distribution, FileBehavior } from '../distribution/read-distribution';
import { sendFile } from '../distribution/send-file';
import type { BuildState } from './build-dashboard';
import { readServedFile, type ServedFile } from './read-file';
import { dashboardCacheControl, type DashboardConfig } from '../../functions/contract/dashboard';
import { documentCacheControl, documents } from '../../functions/contract/documents';

export interface ServedDashboard {
  readonly projectFolder: string;
  readonly distribution: Distribution;
  readonly config: DashboardConfig;
  readonly state: () => BuildState;
  /** The page to show while there is no built dashboard. */
  readonly pageWithout: (state: BuildState) => HttpAnswer;
}

/** Finds the answer for a path of the distribution's files; undefined for a request to the API. */
export type FindPage = (method: string, path: string, headers: IncomingHttpHeaders) => HttpAnswer | undefined;

/** Serves the files of the bucket as the CloudFront distribution does. */
export function dashboardPages(served: ServedDashboard): FindPage {
  const { projectFolder, distribution, config, state, pageWithout } = served;
  const folder = join(projectFolder, 'dashboard', 'dist');
  const descriptions = readDocuments(join(projectFolder, '.build', 'documents'));

  return (method, path, headers) => {
    const behavior = distribution.filesAt(path);
    if (behavior === undefined) return undefined;
    // CloudFront passes no other method on to the bucket.
    if (!['GET', 'HEAD'].includes(method)) return answer(behavior, 403, text('Method not allowed\n'), 'no-cache');
    const passed = behavior.atViewer({ method, uri: path, headers: {} });
    if ('answer' in passed) return passed.answer;
    return sendFile(fileAt(behavior, passed.uri), behavior.compress, headers);
  };

  function fileAt(behavior: FileBehavior, uri: string): HttpAnswer {
    const description = descriptions.get(uri);
    if (description !== undefined) return asDeployed(behavior, 200, description, documentCacheControl);
    if (uri === '/config.json') {
      const body = Buffer.from(JSON.stringify(config));
      return answer(behavior, 200, { contentType: 'application/json', body }, dashboardCacheControl.documents);
    }
    const built = state();
    if (uri === '/index.html' && built.is !== 'built') return pageWithout(built);
    const file = readServedFile(folder, uri);
    if (file === undefined) return answer(behavior, 404, text('Not found\n'), 'no-cache');
    const { assets, documents: pages } = dashboardCacheControl;
    return answer(behavior, 200, file, uri.startsWith('/assets/') ? assets : pages);
  }

  function answer(behavior: FileBehavior, status: number, file: ServedFile, cacheControl: string): HttpAnswer {
    const { 'content-security-policy': policy = '', ...headers } = behavior.headers;
    // The policy in the template allows requests to the deployed issuer; here they go to the local one.
    const local = policy.replace(/connect-src [^;]*/, `connect-src 'self' ${config.issuer}`);
    return asDeployed({ headers: { ...headers, 'content-security-policy': local } }, status, file, cacheControl);
  }
}

function asDeployed(
  { headers }: Pick<FileBehavior, 'headers'>,
  status: number,
  { contentType, body }: ServedFile,
  cacheControl: string,
): HttpAnswer {
  return { status, headers: { ...headers, 'content-type': contentType, 'cache-control': cacheControl }, body };
}

/** The descriptions of the API by path, which the build of the stack has written. */
function readDocuments(folder: string): ReadonlyMap<string, ServedFile> {
  return new Map(
    documents.flatMap(({ id, path, contentType }) => {
      const file = readServedFile(join(folder, id), path);
      return file === undefined ? [] : [[path, { ...file, contentType }]];
    }),
  );
}

function text(body: string): ServedFile {
  return { contentType: 'text/plain', body: Buffer.from(body) };
}
