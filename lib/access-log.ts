/**
 * Fields of the HTTP API's access log. `edge` is the server of CloudFront that passed the request on: an HTTP API can log no
 * header, and only a header names the caller. The functions log the caller as `ip` of their own lines, which have the same
 * `request_id`. The fields contain no query, header or body. This file does not import the CDK, so
 * that the cost benchmark can read the fields without loading it.
 */
export const accessLogFields = {
  request_id: '$context.requestId',
  time: '$context.requestTime',
  edge: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  route: '$context.routeKey',
  status: '$context.status',
  latency_ms: '$context.responseLatency',
  integration_latency_ms: '$context.integrationLatency',
  integration_error: '$context.integrationErrorMessage',
  error: '$context.error.message',
} as const;
