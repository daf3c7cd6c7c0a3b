import { endpointRevision, type Endpoint } from '../../domain/endpoint/endpoint';
import { viewEndpoint } from '../../domain/endpoint/view';
import type { HttpReply } from '../../edge/http/request';

/** An endpoint as it is read. @param mayChange as `viewEndpoint` takes it */
export function endpointReply(endpoint: Endpoint, now: Date, mayChange: boolean): HttpReply {
  return { status: 200, revision: endpointRevision(endpoint), body: viewEndpoint(endpoint, now, mayChange) };
}

/** The answer to a change; `changedWorkflowReply` explains `Content-Location`. */
export function changedEndpointReply(endpoint: Endpoint, now: Date): HttpReply {
  return { ...endpointReply(endpoint, now, true), headers: { 'content-location': endpointPath(endpoint) } };
}

/**
 * The answer that shows a secret, this once. Its ETag is that of the endpoint, which a GET shows without the secret.
 *
 * @param secret undefined for a repetition, which does not show it again
 */
export function secretReply(endpoint: Endpoint, now: Date, secret: string | undefined): HttpReply {
  if (secret === undefined) return changedEndpointReply(endpoint, now);
  const { body: shown, ...reply } = endpointReply(endpoint, now, true);
  return { ...reply, shown, body: { ...viewEndpoint(endpoint, now, true), secret } };
}

export function endpointPath({ id }: Pick<Endpoint, 'id'>): string {
  return `/api/v1/webhook-endpoints/${id}`;
}
