import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Provider } from 'oidc-provider';
import { mcpPath } from '../contract/mcp';
import { ProductError } from '../domain/errors';
import { requireFront } from '../edge/access/require-front';
import { httpChain } from '../edge/http-chain';
import { asProductError, problemReply } from '../edge/http/problem';
import { toGatewayReply } from '../edge/http/reply';
import { readHttpEvent, type HttpReply, type HttpRequest } from '../edge/http/request';
import { MethodNotAllowed } from '../edge/http/route';
import { answerErrors, type Refusal } from '../edge/log/answer-errors';
import { logRefusal } from '../edge/log/refusal';
import { findDocument } from './client/approved-document';
import { clientDocuments } from './client/client-documents';
import { decideRequest } from './page/decide-request';
import type { AuthorizationServerDeps } from './deps';
import { injectInto } from './library/inject';
import { openProvider } from './library/open-provider';
import { maxFormBytes } from './limits';
import { isOpenToPages, libraryMethods } from './paths';
import { describeResource, openDecisionPage } from './page/public-routes';
import { readRequest } from './page/read-request';

interface Library {
  readonly provider: Provider;
  readonly answer: (request: HttpRequest) => Promise<HttpReply>;
}

/**
 * Everything under `/oauth/` and `/.well-known/`. The library answers clients at its own addresses; the page on which people
 * decide, and what is only told, is answered by routes like those of the REST API.
 */
export function authorizationServer(deps: AuthorizationServerDeps) {
  const resource = deps.origin + mcpPath;
  let opening: Promise<Library> | undefined;
  const library = () => (opening ??= open().catch(forget));

  async function open(): Promise<Library> {
    const findApproved = (url: string) => findDocument(deps, url);
    const fetchClientDocument = clientDocuments({ ...deps.guard, findApproved, now: deps.now });
    const clientKey = await deps.authorizations.clientKey();
    const provider = openProvider({ ...deps, resource, clientKey, fetchClientDocument });
    return { provider, answer: injectInto(provider) };
  }

  /** A failure is not remembered: the next request tries again. */
  function forget(error: unknown): never {
    opening = undefined;
    throw error;
  }

  const pageDeps = { ...deps, provider: async () => (await library()).provider };
  const ownRoutes = httpChain(deps, [
    ...describeResource(deps.origin, resource),
    openDecisionPage(),
    readRequest(pageDeps),
    decideRequest(pageDeps),
  ]);
  const answerClients = middy<HttpRequest, HttpReply>()
    .use(answerErrors(deps, (thrown, request) => refusalOf(thrown, request, deps)))
    .use(requireFront(deps))
    .use(onlyMethods())
    .use(refuseLargeBody())
    .handler(async (request) => {
      const reply = await (await library()).answer(request);
      if (reply.status >= 400) logRefusal(deps, request, { code: `http_${reply.status}`, operation: 'oauth' });
      return reply;
    });

  return async (event: unknown, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const request = readHttpEvent(event, deps.now().getTime());
    if (isPreflight(request)) return toGatewayReply(preflight, request.requestId);
    const answered: APIGatewayProxyStructuredResultV2 =
      libraryMethods(request.path) === undefined
        ? await ownRoutes(event, context)
        : toGatewayReply(await answerClients(request, context), request.requestId);
    return isOpenToPages(request.path) ? { ...answered, headers: { ...answered.headers, ...forPages } } : answered;
  };
}

type Step = middy.MiddlewareObj<HttpRequest, HttpReply>;

/** Problems of our own at the library's addresses, such as a wrong method; its own refusals are answers. */
function refusalOf(thrown: unknown, { requestId }: HttpRequest, { now, origin }: AuthorizationServerDeps): Refusal {
  const error = asProductError(thrown);
  return { code: error.code, operation: 'oauth', reply: problemReply(error, requestId, now(), origin) };
}

function onlyMethods(): Step {
  return {
    before: ({ event: { path, method } }) => {
      const methods = libraryMethods(path) ?? [];
      if (!methods.includes(method)) throw new MethodNotAllowed(methods);
    },
  };
}

function refuseLargeBody(): Step {
  return {
    before: ({ event: { rawBody } }) => {
      if (rawBody.length <= maxFormBytes) return;
      throw new ProductError(
        'payload_too_large',
        `The body has ${rawBody.length} bytes; at most ${maxFormBytes} are accepted.`,
      );
    },
  };
}

/** What a browser asks before a program in a page of another origin may send a request. */
function isPreflight({ method, path, headers }: HttpRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined && isOpenToPages(path);
}

const forPages = { 'access-control-allow-origin': '*' };
const preflight: HttpReply = {
  status: 204,
  headers: {
    ...forPages,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
    'access-control-max-age': '86400',
  },
};
