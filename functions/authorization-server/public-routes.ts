import * as z from 'zod/mini';
import type { PublicRoute } from '../edge/http/route';
import { resourceMetadata, resourceMetadataPaths } from './metadata';
import { decisionPage, oauthPaths } from './paths';

/** Tells clients which authorization server the MCP server trusts, and which resource to ask for. */
export function describeResource(origin: string, resource: string): PublicRoute[] {
  return resourceMetadataPaths.map((path) => ({
    method: 'GET',
    path,
    operationId: 'describeProtectedResource',
    summary: 'Metadata of the MCP server as an OAuth protected resource',
    access: 'public',
    replies: { 200: z.unknown() },
    errors: [],
    act: () => Promise.resolve({ status: 200, body: resourceMetadata(origin, resource) }),
  }));
}

/**
 * Leads the browser from the library to the page of the dashboard. The library's cookie belongs to the path of this address
 * and those below it, so that several requests may wait in one browser.
 */
export function openDecisionPage(): PublicRoute {
  return {
    method: 'GET',
    path: `${oauthPaths.interaction}/{uid}`,
    operationId: 'openAuthorizationRequest',
    summary: 'Lead the browser to the page on which a person decides',
    access: 'public',
    replies: { 303: null },
    errors: [],
    act: ({ path }) => {
      const uid = path.slice(`${oauthPaths.interaction}/`.length);
      return Promise.resolve({ status: 303, headers: { location: decisionPage(encodeURIComponent(uid)) } });
    },
  };
}
