import type { Answered, Asked, Operation, SeenRun } from './operation';

interface Answer {
  readonly status: number;
  readonly headers: Headers | Record<string, string>;
  readonly body: any;
}

/** Sends a request and notes it. */
export type RecordCall = <One extends Answer>(
  caller: { readonly tenant: string; readonly client: string },
  asked: Asked,
  send: () => Promise<One>,
) => Promise<One>;

export interface History {
  readonly operations: readonly Operation[];
  readonly record: RecordCall;
}

/**
 * Notes the requests of many callers with the times of their calls and answers. Both times come from the clock of this
 * process, so all operations can be ordered.
 */
export function startHistory(): History {
  const operations: Operation[] = [];
  return {
    operations,
    async record({ tenant, client }, asked, send) {
      const call = Math.floor(performance.now() * 1000);
      const note = (answered: Answered | null) => {
        const ended = Math.ceil(performance.now() * 1000);
        operations.push({ tenant, client, asked, call_us: call, return_us: ended, answered });
      };
      try {
        const answer = await send();
        note(partsOf(asked, answer));
        return answer;
      } catch (error) {
        if (!neverArrived(error)) note(null);
        throw error;
      }
    },
  };
}

function partsOf({ operation }: Asked, { status, headers, body }: Answer): Answered {
  if (status >= 300) return { status, code: body?.code };
  if (operation === 'usage') return { status, day: body.day, used: body.used };
  if (operation === 'list') return { status, runs: body.data.map(seen), has_more: body.has_more };
  return { status, run: seen(body), replayed: new Headers(headers).get('idempotent-replayed') === 'true' };
}

function seen({ id, status }: SeenRun): SeenRun {
  return { id, status };
}

/** No process listened, so the request took no effect and says nothing about the product. */
function neverArrived(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if ('code' in at && at.code === 'ECONNREFUSED') return true;
  return false;
}
