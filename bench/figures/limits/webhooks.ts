import { attemptDelayMs, maxAddresses } from '../../../functions/guard/race-to-connect';
import { excerptBytes, maxResponseBytes } from '../../../functions/deliver-webhook/read-response';
import { sendLimits } from '../../../functions/deliver-webhook/send-webhook';
import { keptAttempts } from '../../../functions/domain/delivery/delivery';
import { hostPerSecond } from '../../../functions/domain/delivery/pace';
import { deliveryDays } from '../../../functions/domain/delivery/event';
import { maxRedeliveries, redeliveriesPerSecond } from '../../../functions/domain/delivery/redeliver-failed';
import { jitter, maxRetryAfterSeconds, retrySchedule } from '../../../functions/domain/delivery/schedule';
import {
  maxCharactersInAll,
  maxHeaders,
  maxNameCharacters,
  maxValueCharacters,
} from '../../../functions/domain/endpoint/custom-headers';
import { rotationHours } from '../../../functions/domain/endpoint/endpoint';
import { failingDays, failingHours, warningHours, warnings } from '../../../functions/domain/endpoint/health';
import { mostPerSecond, usualPerSecond } from '../../../functions/domain/endpoint/rate';
import { maxPatterns } from '../../../functions/domain/endpoint/subscription';
import { maxCharacters as maxUrlCharacters } from '../../../functions/domain/endpoint/url';
import { markdownTable } from '../../markdown-table';
import { grouped, inBytes, inTime } from '../units';

const attempts = retrySchedule.length + 1;

/** The waits after failed attempts, as a phrase. */
function waits(): string {
  const times = retrySchedule.map(inTime);
  return `${times.slice(0, -1).join(', ')} and ${times.at(-1) ?? ''}`;
}

/** How long a delivery is attempted, rounded up to hours: without and with all of the random extra. */
function hoursOfAttempts(): string {
  const seconds = retrySchedule.reduce((total, wait) => total + wait, 0);
  return `${Math.ceil(seconds / 3600)} to ${Math.floor((seconds * (1 + jitter)) / 3600)} h`;
}

export function endpointTable(): string {
  return markdownTable(
    ['of webhook endpoints', 'limit'],
    [
      ['address of an endpoint', `${grouped(maxUrlCharacters)} characters, https on port 443`],
      ['attempts a second at one endpoint', `${usualPerSecond}, or as it says: 1 to ${mostPerSecond}`],
      ['attempts a second at one host, over all endpoints of a tenant', String(hostPerSecond)],
      ['events and patterns of one endpoint', `1 to ${maxPatterns}`],
      [
        'custom headers of one endpoint',
        `${maxHeaders}, names of ${maxNameCharacters} and values of ${grouped(maxValueCharacters)} characters, ${grouped(maxCharactersInAll)} in all`,
      ],
      ['time for which a replaced secret goes on signing', `${rotationHours} h`],
      [
        'failures without one success until an endpoint is disabled',
        `on ${failingDays} separate days within ${failingHours / 24} days or more, with warnings at ${warnings
          .map(({ percent }) => percent)
          .reverse()
          .join(' and ')} %, the first one at least ${warningHours} h before`,
      ],
    ],
  );
}

export function deliveryTable(): string {
  return markdownTable(
    ['of webhook deliveries', 'limit'],
    [
      ['attempts', `${attempts} in ${hoursOfAttempts()}`],
      ['waits between attempts', `${waits()}, each up to ${jitter * 100} % longer`],
      ['`Retry-After` that is honoured', inTime(maxRetryAfterSeconds)],
      ['connection, and the whole attempt', `${sendLimits.connectMs / 1000} s and ${sendLimits.totalMs / 1000} s`],
      [
        'addresses of a host name that one attempt tries',
        `${maxAddresses}, each ${attemptDelayMs} ms after the one before, or at once if that one fails`,
      ],
      ['answer that is read, and that is kept', `${inBytes(maxResponseBytes)} and ${inBytes(excerptBytes)}`],
      ['attempts that are kept', `the last ${keptAttempts}`],
      ['time for which deliveries are kept', `${deliveryDays} days`],
      [
        'deliveries that one `redeliver-failed` call sends again',
        `${grouped(maxRedeliveries)}, ${redeliveriesPerSecond} a second`,
      ],
    ],
  );
}

/** What a receiver's answer means. */
export function answersTable(): string {
  return markdownTable(
    ['answer', 'meaning'],
    [
      [`any 2xx within ${sendLimits.totalMs / 1000} s`, 'The delivery succeeded. Nothing else counts as success.'],
      ['410', 'The receiver never wants anything again. The endpoint is disabled.'],
      [
        '429 or 503 with `Retry-After`',
        `The next attempt waits as asked, up to ${inTime(maxRetryAfterSeconds)} and up to a tenth longer.`,
      ],
      [
        'anything else, a redirect, no answer in time',
        `The delivery is attempted again after ${waits()}, each wait up to a tenth longer: ${attempts} attempts in ${hoursOfAttempts()}.`,
      ],
    ],
  );
}
