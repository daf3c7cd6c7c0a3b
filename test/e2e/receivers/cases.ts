import { createHmac } from 'node:crypto';

const signedHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
type Headers = Partial<Record<(typeof signedHeaders)[number], Buffer | string | undefined>>;

/** A request that arrives at a receiver, and whether its sample must accept it. */
export interface Arrival {
  readonly name: string;
  readonly accepted: boolean;
  readonly secret: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** The cases as text, which a program in any language reads without a parser: base64 fields, and `-` for a missing one. */
export function asLines(arrivals: readonly Arrival[]): string {
  return arrivals
    .map(({ secret, headers, body }) => [secret, ...signedHeaders.map((name) => headers[name]), body])
    .map((fields) => fields.map((field) => (field === undefined ? '-' : `:${Buffer.from(field).toString('base64')}`)))
    .map((fields) => `${fields.join(' ')}\n`)
    .join('');
}

/** What all samples must judge alike, whatever a stranger sends them. The cases that are signed are signed here. */
export function madeUpCases(): Arrival[] {
  const secret = `whsec_${Buffer.from('fbefbefffffefbefbefffffe00ff10ef20df30cf40bf50af60', 'hex').toString('base64')}`;
  const seconds = (later: number) => String(Math.floor(Date.now() / 1000) + later);
  const id = 'dlv_01KAPQ';
  const now = seconds(0);
  const body = Buffer.from('{"text":"Grüße 🌱"}\r\n');
  const right = signature(secret, id, now, body);
  const value = right.slice('v1,'.length);
  const headers: Headers = { 'webhook-id': id, 'webhook-timestamp': now, 'webhook-signature': right };
  const arrival = (name: string, accepted: boolean, changed: Partial<Arrival> = {}): Arrival => ({
    ...{ name, accepted, secret, headers, body },
    ...changed,
  });
  const signatures = (given: Buffer | string) => ({ headers: { ...headers, 'webhook-signature': given } });
  const without = (name: keyof Headers) => ({ headers: { ...headers, [name]: undefined } });
  const sent = (sentId: string, timestamp: string, sentBody = body, sentSecret = secret) => ({
    secret: sentSecret,
    headers: {
      'webhook-id': sentId,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature(sentSecret, sentId, timestamp, sentBody),
    },
    body: sentBody,
  });
  const garbage = 'v1,AAAA';
  return [
    arrival('a secret with +, / and padding', /\+.*\/.*=$/.test(secret)),
    arrival('a secret without its prefix', true, { secret: secret.replace('whsec_', '') }),
    arrival('the shortest secret', true, sent(id, now, body, secretOf(24))),
    arrival('the longest secret', true, sent(id, now, body, secretOf(64))),
    arrival('an empty body', true, sent(id, now, Buffer.alloc(0))),
    arrival('a body that is no text', true, sent(id, now, Buffer.from([0, 255, 254, 10, 13, 0]))),
    arrival('a body with a line feed too many', false, { body: Buffer.concat([body, Buffer.from('\n')]) }),
    arrival('another body', false, { body: Buffer.from('{}') }),
    arrival('another id', false, { headers: { ...headers, 'webhook-id': 'dlv_other' } }),
    arrival('an id that took the timestamp over', false, {
      headers: { ...headers, 'webhook-id': `${id}.${now}`, 'webhook-timestamp': '' },
    }),
    arrival('an id that is not UTF-8', false, { headers: { ...headers, 'webhook-id': Buffer.from([255, 128]) } }),

    arrival('a timestamp four minutes old', true, sent(id, seconds(-240))),
    arrival('a timestamp four minutes ahead', true, sent(id, seconds(240))),
    arrival('a timestamp six minutes old', false, sent(id, seconds(-360))),
    arrival('a timestamp six minutes ahead', false, sent(id, seconds(360))),
    arrival('a timestamp with a leading zero', true, sent(id, `0${now}`)),
    ...[
      ['of zero', '0'],
      ['in milliseconds', `${now}000`],
      ['below zero', `-${now}`],
      ['with a sign', `+${now}`],
      ['with a blank', ` ${now}`],
      ['with decimals', `${now}.0`],
      ['with an exponent', `${now}e0`],
      ['with underscores', `${now.slice(0, 1)}_${now.slice(1)}`],
      ['in hexadecimal', `0x${Number(now).toString(16)}`],
      ['in Arabic digits', inDigitsFrom(0x660, now)],
      ['in full-width digits', inDigitsFrom(0xff10, now)],
      ['of twenty digits', '9'.repeat(20)],
      ['of five thousand digits', '9'.repeat(5000)],
      ['after a thousand zeros', '0'.repeat(1000) + now],
      ['that is a command', '$(date +%s)'],
      ['that is a sum', `${now} -o 1 -eq 1`],
      ['that is empty', ''],
    ].map(([name = '', timestamp = '']) => arrival(`a timestamp ${name}`, false, sent(id, timestamp))),
    arrival('a timestamp that is not UTF-8', false, {
      headers: { ...headers, 'webhook-timestamp': Buffer.from([255]) },
    }),

    arrival('two signatures of which the second is right', true, signatures(`${garbage} ${right}`)),
    arrival('two signatures of which the first is right', true, signatures(`${right} ${garbage}`)),
    arrival('a right signature among versions to come', true, signatures(`v1a,${value} v2,${value} ${right}`)),
    arrival('a right signature between blanks', true, signatures(`  ${right}  `)),
    arrival('a right signature after two hundred others', true, signatures(`${`${garbage} `.repeat(200)}${right}`)),
    ...[
      ['empty', ''],
      ['of a version alone', 'v1,'],
      ['of a version without a comma', 'v1'],
      ['of commas', ',,, ,'],
      ['of a pattern', 'v1,*'],
      ['of another version', `v1a,${value}`],
      ['of another version in capitals', `V1,${value}`],
      ['without a version', value],
      ['cut by a character', right.slice(0, -1)],
      ['without its padding', right.replace(/=+$/, '')],
      ['with more behind', `${right},more`],
      ['with a character of no alphabet', `v1,!${value}`],
      ['in the alphabet of URLs', `v1,${value.replaceAll('+', '-').replaceAll('/', '_')}~`],
      ['in lower case', right.toLowerCase()],
      ['in hexadecimal', `v1,${Buffer.from(value, 'base64').toString('hex')}`],
      ['twice without a blank', `${right}${right}`],
      ['after a tab', `${garbage}\t${right}`],
      ['of another secret', signature(secretOf(32), id, now, body)],
      ['of letters beyond ASCII', 'v1,Größe é ٣'],
      ['of a hundred thousand characters', `v1,${'A'.repeat(100_000)}`],
    ].map(([name, given = '']) => arrival(`a signature ${name}`, false, signatures(given))),
    arrival('a signature that is not UTF-8', false, signatures(Buffer.from([118, 49, 44, 255, 0xed, 0xa0, 0x80]))),

    arrival('no webhook-id', false, without('webhook-id')),
    arrival('no webhook-id, and a signature without it', false, {
      headers: { ...sent('', now).headers, 'webhook-id': undefined },
    }),
    arrival('no webhook-timestamp', false, without('webhook-timestamp')),
    arrival('no webhook-signature', false, without('webhook-signature')),
    arrival('no header at all', false, { headers: {} }),

    arrival('another secret', false, { secret: secretOf(32) }),
    arrival('no secret, and a signature with an empty key', false, sent(id, now, body, '')),
    arrival('a secret of a prefix alone, and a signature with an empty key', false, sent(id, now, body, 'whsec_')),
    arrival('a secret that is not base64', false, { secret: 'whsec_!!!!' }),
  ];
}

function secretOf(bytes: number): string {
  return `whsec_${Buffer.from(Array.from({ length: bytes }, (_, index) => 251 - index)).toString('base64')}`;
}

/** Writes a number in the digits of another script, whose zero is the code point given. */
function inDigitsFrom(zero: number, digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

function signature(secret: string, id: string, timestamp: string, body: Buffer): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}
