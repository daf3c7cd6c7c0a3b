import { errorCodes, type ErrorCode } from '../../functions/domain/errors';
import { problems } from '../../functions/edge/http/problem';
import { markdownTable } from '../markdown-table';

/** What a caller can do about each refusal. A new code does not compile until it is here. */
const remedies: Readonly<Record<ErrorCode, string>> = {
  unauthenticated: 'Send a valid token. Wrong, expired, revoked and foreign tokens all get this one answer.',
  plan_required: 'Use a door that the plan includes, or change the plan.',
  insufficient_scope: 'Issue a token with the scope that `detail` names.',
  permission_required: 'Ask for the permission that `detail` names, or for `authoring`.',
  not_found: 'Check the id. Something of another tenant gets this same answer.',
  method_not_allowed: 'Use a method that the `Allow` header lists.',
  wrong_address: 'Call the address of the dashboard, not the one of API Gateway behind it.',
  unsupported_media_type: 'Send the body in UTF-8 with `Content-Type: application/json`, and no other charset.',
  payload_too_large: 'Send a smaller body.',
  workflow_inactive: 'Activate the workflow first.',
  run_not_cancellable: 'Nothing: the run has already ended.',
  idempotency_in_progress: 'Repeat the request after `Retry-After`; the first one is still being answered.',
  endpoint_limit_reached: 'Delete an endpoint first, or use one that has the host.',
  limit_reached: 'Do what `detail` says, which names the limit, or have it raised.',
  version_conflict: 'Read it again, merge your change into what it is now, and repeat with the new ETag.',
  delivery_not_redeliverable: 'Wait for the pending attempt. If the endpoint was deleted, nothing helps.',
  invalid_request: 'Correct each place that `errors` names.',
  invalid_recipe: 'Correct each place that `errors` names.',
  recipe_too_large: 'Shorten the recipe, or make two workflows of it.',
  step_type_not_allowed: 'Use only the step types that `detail` names.',
  endpoint_url_not_allowed: 'Use a public https address; `errors` names the rule.',
  idempotency_key_reused: 'Use a new key: this one stands for another request.',
  malformed_json: 'Send valid JSON in UTF-8, with each name once in its object.',
  invalid_number: 'Send the numbers that `errors` names as strings: a 64-bit floating-point number would change them.',
  daily_cap_reached: 'Wait until `resets_at`, or have the cap raised.',
  rate_limited: 'Send no request before `Retry-After`, and fewer after it. It has nothing to do with the daily cap.',
  unavailable: 'Repeat the request after `Retry-After`, with the same `Idempotency-Key` if it had one.',
  internal: 'Report the `request_id`: this is a fault of ours.',
};

/** Every refusal of the REST API, by status. */
export function errorsTable(): string {
  const byStatus = [...errorCodes].sort((a, b) => problems[a].status - problems[b].status);
  return markdownTable(
    ['status', 'code', 'what to do'],
    byStatus.map((code) => [String(problems[code].status), `\`${code}\``, remedies[code]]),
  );
}
