import type * as z from 'zod/mini';
import type { DeliveryStatus } from '../../../functions/domain/delivery/delivery';
import type { DeliveryDetailView, DeliveryView, ListedDeliveryView } from '../../../functions/domain/delivery/view';
import type { EndpointPatch, EndpointWrite } from '../../../functions/domain/endpoint/endpoint';
import type { EndpointView, endpointWithSecretSchema } from '../../../functions/domain/endpoint/view';
import type { Json, JsonObject } from '../../../functions/domain/json';
import type { RunStatus } from '../../../functions/domain/run-status';
import type { RecipePreview } from '../../../functions/domain/run/preview/recipe';
import type { RunPreview } from '../../../functions/domain/run/preview/run';
import type { RunErrorCode } from '../../../functions/domain/run/run';
import type { Overview } from '../../../functions/domain/run/overview/view';
import type { RunView, runDetailViewSchema, startedRunViewSchema } from '../../../functions/domain/run/view';
import type { AuditEvent } from '../../../functions/domain/tenant/audit';
import type {
  AuthorizationOutcome,
  AuthorizationRequest,
  authorizationDecisionSchema,
} from '../../../functions/domain/tenant/authorization-request';
import type { ConnectedAppView } from '../../../functions/domain/tenant/connected-app';
import type { TokenView } from '../../../functions/domain/tenant/issue-token';
import type { Permission } from '../../../functions/domain/tenant/member';
import type { Channel, Plan, PlanView } from '../../../functions/domain/tenant/plan';
import type { Scope } from '../../../functions/domain/tenant/token';
import type { UsageView } from '../../../functions/domain/tenant/usage';
import type { VersionView } from '../../../functions/domain/workflow/version-view';
import type { Warning } from '../../../functions/domain/workflow/warnings';
import type { WorkflowView } from '../../../functions/domain/workflow/view';

/** The response of every list. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
}

interface PageQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** The API of the release before, which answers most requests while a release is shifted, knows no inputs. */
export type Workflow = Perhaps<WorkflowView, 'inputs'>;
/** A recipe may have been stored before a rule existed, so it can be any JSON. */
export type WorkflowDetail = Workflow & { readonly recipe: Json };
/**
 * What was read for a change. Its tag goes back with the change as `ifMatch`, and then the change overwrites nothing that
 * was written since.
 */
export type Tagged<T> = T & { readonly etag?: string };
export interface WorkflowWrite {
  readonly name: string;
  readonly description: string | null;
  readonly active?: boolean;
  /** Whether agents are offered it as a tool of its own. It stays as it is if left out. */
  readonly tool?: boolean;
  readonly recipe: Json;
}
export type Version = VersionView;
export type Run = RunView;
export type RunDetail = z.infer<typeof runDetailViewSchema>;
export type StartedRun = z.infer<typeof startedRunViewSchema>;
export type Endpoint = EndpointView;
/** The response to a repeated request may have no secret, because the first response showed it. */
export type EndpointWithSecret = Endpoint & Pick<z.infer<typeof endpointWithSecretSchema>, 'secret'>;
export type Delivery = DeliveryView;
/** With the outlines of its attempts, if they were asked for and the API is not of an earlier release. */
export type ListedDelivery = ListedDeliveryView;
export type DeliveryDetail = DeliveryDetailView;
export type AccessToken = TokenView;
/** The response to a repeated creation has no text, because only its hash is stored. */
export type AccessTokenWithText = AccessToken & { readonly token?: string };
export type ConnectedApp = ConnectedAppView;
export type Decision = z.infer<typeof authorizationDecisionSchema>;
export type { AuditEvent, AuthorizationRequest };

export interface Me {
  readonly tenant: { readonly id: string; readonly name: string; readonly plan: Plan; readonly authoring: boolean };
  /** Every tenant this person is a member of. */
  readonly tenants: readonly { readonly id: string; readonly name: string }[];
  readonly principal: {
    readonly channel: Channel;
    readonly name: string;
    readonly permissions: readonly Permission[];
    readonly scopes: readonly Scope[];
  };
  /** Every plan there is, from the smallest to the largest. */
  readonly plans: readonly PlanView[];
}

export interface RunFilters {
  readonly workflow_id?: string | undefined;
  readonly status?: RunStatus | undefined;
  readonly error_code?: RunErrorCode | undefined;
  readonly channel?: Channel | undefined;
  /** Includes runs created at this very instant; `created_after` does not. */
  readonly created_from?: string | undefined;
  readonly created_after?: string | undefined;
  readonly created_before?: string | undefined;
}

export interface DeliveryFilters {
  readonly run_id?: string | undefined;
  readonly step_index?: number | undefined;
  readonly attempts?: 'true';
  readonly endpoint_id?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
}

export interface TokenWrite {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Null means that the token works until it is revoked. */
  readonly expires_in_days: number | null;
}

/** While a release is shifted, most requests are answered by the API of the release before, which may send no warnings. */
type PerhapsWarned<T> = Omit<T, 'warnings'> & { readonly warnings?: readonly Warning[] };
type Perhaps<T, Name extends keyof T> = Omit<T, Name> & Partial<Pick<T, Name>>;
/** What a run would do, as far as the API of the release before knows it. */
export type Preview = PerhapsWarned<Perhaps<RunPreview, 'steps' | 'input'>>;
export type PreviewedRecipe = PerhapsWarned<RecipePreview>;

interface RedeliveryCount {
  readonly count: number;
  readonly redelivered: number;
  readonly left_this_hour: number;
  readonly has_more: boolean;
  readonly next_cursor: string | null;
}

/**
 * Every call that the dashboard makes: its method and path, its query and body, and its response. A path that begins with
 * `/` is one of the authorization server; every other is below `/api/v1/`.
 */
export interface Routes {
  'GET me': { reply: Me };
  'GET overview': { reply: Overview };
  'GET usage': { reply: UsageView };
  'GET workflows': { query: PageQuery; reply: Page<Workflow> };
  'POST workflows': { body: WorkflowWrite; reply: WorkflowDetail };
  'GET workflows/{id}': { reply: Tagged<WorkflowDetail> };
  'PUT workflows/{id}': { body: WorkflowWrite; reply: WorkflowDetail };
  'PATCH workflows/{id}': { body: { active: boolean }; reply: WorkflowDetail };
  'GET workflows/{id}/versions': { query: PageQuery; reply: Page<Version> };
  'GET workflows/{id}/versions/{version}': { reply: Version & { readonly recipe: Json } };
  'POST recipes/validate?preview=true': { body: Json; reply: PreviewedRecipe };
  'POST workflows/{id}/runs': { body: { input?: JsonObject }; reply: StartedRun };
  'POST workflows/{id}/runs?dry_run=true': { body: { input?: JsonObject }; reply: Preview };
  'GET workflow-runs': { query: RunFilters & PageQuery; reply: Page<Run> };
  'GET workflow-runs/{id}': { reply: RunDetail };
  'POST workflow-runs/{id}/cancel': { reply: Run };
  'POST workflow-runs/{id}/rerun': { body: { version: 'same' | 'current' }; reply: StartedRun };
  'GET webhook-endpoints': { query: PageQuery; reply: Page<Endpoint> };
  'POST webhook-endpoints': { body: EndpointWrite; reply: EndpointWithSecret };
  'GET webhook-endpoints/{id}': { reply: Tagged<Endpoint> };
  'PATCH webhook-endpoints/{id}': { body: EndpointPatch; reply: Endpoint };
  'DELETE webhook-endpoints/{id}': { reply: null };
  'POST webhook-endpoints/{id}/rotate-secret': { reply: EndpointWithSecret };
  'POST webhook-endpoints/{id}/expire-previous-secret': { reply: Endpoint };
  'POST webhook-endpoints/{id}/test': { reply: Delivery };
  'POST webhook-endpoints/{id}/redeliver-failed': {
    query: { since: string; confirm?: 'true'; cursor?: string };
    reply: RedeliveryCount;
  };
  'GET webhook-deliveries': { query: DeliveryFilters & PageQuery; reply: Page<ListedDelivery> };
  'GET webhook-deliveries/{id}': { reply: DeliveryDetail };
  'POST webhook-deliveries/{id}/redeliver': { reply: Delivery };
  'GET tokens': { query: PageQuery; reply: Page<AccessToken> };
  'POST tokens': { body: TokenWrite; reply: AccessTokenWithText };
  'DELETE tokens/{id}': { reply: null };
  'GET connected-apps': { query: PageQuery; reply: Page<ConnectedApp> };
  'DELETE connected-apps/{id}': { reply: null };
  'GET /oauth/interaction/{uid}/request': { reply: AuthorizationRequest };
  'POST /oauth/interaction/{uid}/decision': { body: Decision; reply: AuthorizationOutcome };
  'GET audit-events': { query: PageQuery; reply: Page<AuditEvent> };
}
export type Route = keyof Routes;
export type ReadRoute = Extract<Route, `GET ${string}`>;
export type Reply<R extends Route> = Routes[R]['reply'];

type ParameterOf<R extends string> = R extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** The options of a call: path parameters by name, and `query` and `body` where the route has them. */
export type CallOptions<R extends Route> = Readonly<Record<ParameterOf<R>, string | number>> & {
  readonly query?: Routes[R] extends { query: infer Q } ? Q : undefined;
  readonly body?: Routes[R] extends { body: infer B } ? B : undefined;
  /** Identifies what the user wanted, such as one confirmed dialog. Requests with the same key take effect once. */
  readonly idempotencyKey?: string;
  /** The tag of what the change was made from. If it was changed since, the answer is `version_conflict`. */
  readonly ifMatch?: string | undefined;
  /** Another tenant than the one that this tab works in. */
  readonly tenantId?: string;
  readonly signal?: AbortSignal;
  /** Called when the request is handed to the browser. Before that, nothing has happened for sure. */
  readonly onSend?: () => void;
};
