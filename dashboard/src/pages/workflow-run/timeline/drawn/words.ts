import { hostAndPathOf } from '../../../../endpoint/link';
import { duration } from '../../../../parts/duration';
import { titled } from '../../../../parts/statuses';
import { instant } from '../../../../parts/time';
import type { Described } from '../rows/describe';
import type { DeliveryRow } from '../rows/row';

export function nameOf({ url, endpointId }: DeliveryRow): string {
  return url === undefined ? endpointId : hostAndPathOf(url);
}

/** All that is known of a row or an attempt, in one line: `Attempt 1 to hooks.example.com: Failed, HTTP 500, …`. */
export function inOneLine({ what, status, at, tookMs, expected, answer }: Described): string {
  const facts = [
    titled(status),
    ...(answer === null ? [] : [answer]),
    ...(at === null ? [] : [`${status === 'due' ? 'at' : 'began'} ${instant(at)}`]),
    ...(tookMs === null ? [] : [`took ${duration(tookMs)}`]),
    ...(expected === null ? [] : [`goes on until ${instant(expected)}`]),
  ];
  return `${what}: ${facts.join(', ')}`;
}
