import type * as z from 'zod/mini';
import type { Tenant } from '../../domain/tenant/tenant';
import type { Caller } from '../../edge/http/caller';
import type { HttpRequest } from '../../edge/http/request';
import type { Kind } from './read-arguments';
import type { Progress } from './progress';

/** What a tool is called with. */
export interface ToolCall {
  readonly request: HttpRequest;
  readonly caller: Caller;
  /** As `readArguments` read them; each tool parses its own arguments, in their place in the order of checks. */
  readonly args: Readonly<Record<string, unknown>>;
  /** The caller's tenant, read at most a few seconds ago: good for plan checks and cursor keys, never for counts. */
  readonly tenant: () => Promise<Tenant>;
  /** Present if the client wants to be told how a wait goes. */
  readonly progress?: Progress | undefined;
}

/**
 * A tool. Its texts are fixed: what tenants write (names, messages, payloads) appears only in results, as data. The exception
 * are workflows that a tenant itself offers as tools, whose names and descriptions its own agents read.
 * https://modelcontextprotocol.io/specification/2026-07-28/server/tools
 */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodMiniObject;
  /** What arguments stand for that are inputs of a workflow. */
  readonly kinds?: ReadonlyMap<string, Kind>;
  /** Clients are not shown what the result looks like: a list of many such tools would cost a model too much. */
  readonly hidesOutput?: true;
  /** The schema of `structuredContent`. A result that does not match it is a defect of ours and is not sent. */
  readonly output: z.ZodMiniObject;
  /** A token with the scope `mcp:read` opens the tools that only read. */
  readonly access: 'reads' | 'starts_runs';
  /** `start_run` leaves the check of the plan to `startRun`, which does it with its own consistent read. */
  readonly plan?: 'start_run';
  /** @throws ProductError for every refusal */
  readonly act: (call: ToolCall) => Promise<Acted>;
}

/** What a tool gives: its result, and the same as text if that is to be shorter than the result's JSON. */
export interface Acted {
  readonly result: unknown;
  readonly text?: string;
}
