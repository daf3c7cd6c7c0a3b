import { jsonObjectSchema } from '../../domain/json';
import type { StartedRun } from '../../domain/run/start-run-signature';
import { viewRun } from '../../domain/run/view';
import { dailyCapHeaders } from '../../edge/http/daily-cap-headers';
import { replayedHeader } from '../../edge/http/idempotency-key';
import type { HttpReply } from '../../edge/http/request';

/** Most runs without a delay have ended after this many seconds. */
const pollAfterSeconds = 1;

/** A 202 for a run that was accepted now or by an earlier request with the same key. */
export function startedRunReply({ run, input, replayed, dailyCap }: StartedRun, now: Date): HttpReply {
  return {
    status: 202,
    headers: {
      location: `/api/v1/workflow-runs/${run.id}`,
      'retry-after': String(pollAfterSeconds),
      ...(dailyCap !== null && dailyCapHeaders(dailyCap, now)),
      ...(replayed && replayedHeader),
    },
    body: { ...viewRun(run), input: jsonObjectSchema.parse(JSON.parse(input)) },
  };
}
