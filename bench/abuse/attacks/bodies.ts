import { maxBodyBytes } from '../../../functions/edge/http/body';
import type { Attack } from './attack';
import { newTenant, rest } from './attacker';

/** Repeats `item` in a JSON list or object until the body is as large as it may be. */
function filled(before: string, item: (index: number) => string, after: string): string {
  const items: string[] = [];
  let left = maxBodyBytes - before.length - after.length;
  for (let index = 0; ; index += 1) {
    const text = item(index);
    left -= text.length + 1;
    if (left < 0) return before + items.join(',') + after;
    items.push(text);
  }
}

const headerName = (index: number) => String.fromCharCode(97 + (index % 26)) + index.toString(36);

/** Bodies of 256 KB that cost the most processor time to check. */
const worstBodies: readonly { readonly path: string; readonly body: string }[] = [
  {
    path: '/api/v1/webhook-endpoints',
    body: filled('{"url":"https://a.example.org/","events":["x"],"headers":{', (n) => `"${headerName(n)}":"v"`, '}}'),
  },
  { path: '/api/v1/workflows', body: filled('{"name":"Worst","recipe":{"steps":[', () => '{}', ']}}') },
  {
    path: '/api/v1/workflows',
    body: filled('{"name":"Worst","recipe":{"steps":[', () => '{"type":"fire_webhook_event","event":"-","a":0}', ']}}'),
  },
  { path: '/api/v1/workflows', body: filled('{"name":"Worst","x":[', () => '['.repeat(80) + ']'.repeat(80), ']}') },
];

export const bodyAttacks: readonly Attack[] = [
  {
    name: 'worst-bodies',
    what: 'bodies of 256 KB: 23,500 headers, 85,000 empty steps, thousands of faults, deep lists',
    by: 'tenant',
    connections: 10,
    priced: { admitted: 'refused body', refused: 'refused body' },
    bound: 'requests',
    prepare: async (stack) => {
      const { token } = await newTenant(stack);
      return { requests: worstBodies.map(({ path, body }) => rest(token, 'POST', path, body)) };
    },
  },
];
