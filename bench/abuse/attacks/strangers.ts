import { madeUp } from '../load/made-up';
import type { AttackRequest } from '../load/plan';
import type { Attack } from './attack';
import { mcp, rest } from './attacker';

/** As many connections as keep the stack busy all the time. */
const connections = 10;

function flood(name: string, what: string, priced: Attack['priced'], requests: readonly AttackRequest[]): Attack {
  const bound = priced.admitted === 'file at the edge' ? 'nothing' : 'stage';
  return { name, what, by: 'stranger', connections, priced, bound, prepare: () => Promise.resolve({ requests }) };
}

const get = (path: string): AttackRequest => ({ method: 'GET', path, headers: {} });
const refused = (kind: 'refused before a read' | 'made-up token') => ({ admitted: kind, refused: kind }) as const;

export const strangersAttacks: readonly Attack[] = [
  flood('no-token', 'requests without a token', refused('refused before a read'), [get('/api/v1/workflows')]),
  flood('made-up-tokens', 'made-up tokens, each another one, over REST and MCP', refused('made-up token'), [
    rest(madeUp.pat, 'GET', '/api/v1/workflows'),
    mcp(madeUp.mcpToken, 'list_workflows', {}),
  ]),
  flood('made-up-id-tokens', 'made-up ID tokens of the right issuer', refused('refused before a read'), [
    rest(madeUp.idToken, 'GET', '/api/v1/me'),
  ]),
  flood('wrong-paths', 'paths that do not exist', refused('refused before a read'), [
    get(`/api/v1/${madeUp.word}`),
    get(`/.well-known/${madeUp.word}`),
  ]),
  flood(
    'documents',
    'the script of the reference page',
    { admitted: 'file at the edge', refused: 'file at the edge' },
    [{ ...get('/api/v1/reference.js'), headers: { 'accept-encoding': 'gzip' } }],
  ),
];
