import type * as z from 'zod/mini';
import type { Tenant } from '../domain/tenant/tenant';
import type { Caller } from '../edge/http/caller';
import type { HttpRequest } from '../edge/http/request';

type Schema = z.core.$ZodType;

/** Everything a tool decides with. */
export interface ToolCall {
  readonly request: HttpRequest;
  readonly caller: Caller;
  /** As sent: each tool parses its own in its place among the checks. */
  readonly args: Readonly<Record<string, unknown>>;
  /** The caller's tenant as read at most a few seconds ago: for gates and cursor keys, never for counts. */
  readonly tenant: () => Promise<Tenant>;
}

/**
 * A tool. Its texts are fixed: what tenants write (names, messages, payloads) only ever stands in results, as data.
 * https://modelcontextprotocol.io/specification/2026-07-28/server/tools
 */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Schema;
  /** Of `structuredContent`; results that do not fit it are our fault and never sent. */
  readonly output: Schema;
  readonly access: 'reads' | 'starts_runs';
  /** `start_run` leaves the plan to `startRun`, which judges it from its own consistent read. */
  readonly plan?: 'start_run';
  /** @throws ProductError for whatever the product refuses */
  readonly act: (call: ToolCall) => Promise<unknown>;
}
