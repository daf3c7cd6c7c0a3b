import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const path = 'import-x/no-restricted-paths';
const named = '@typescript-eslint/no-restricted-imports';
const property = 'no-restricted-properties';
const syntax = 'no-restricted-syntax';

const refused: [what: string, file: string, code: string, rule: string][] = [
  [
    'the domain knows no store',
    'functions/domain/x.ts',
    `import { tenantKey } from '../aws/keys'; tenantKey('t');`,
    path,
  ],
  [
    'the domain knows no store, not even its types',
    'functions/domain/x.ts',
    `import type { Key } from '../aws/keys'; export type X = Key;`,
    path,
  ],
  [
    'the domain knows no AWS',
    'functions/domain/x.ts',
    `import { SFNClient } from '@aws-sdk/client-sfn'; new SFNClient();`,
    named,
  ],
  [
    'the domain reads no files',
    'functions/domain/x.ts',
    `import { readFileSync } from 'node:fs'; readFileSync('x');`,
    named,
  ],
  ['the domain re-exports no store', 'functions/domain/x.ts', `export { tenantKey } from '../aws/keys';`, path],
  ['the domain loads no store late', 'functions/domain/x.ts', `export const keys = import('../aws/keys');`, path],
  ['stores know no HTTP', 'functions/aws/x.ts', `import middy from '@middy/core'; middy();`, named],
  ['stores know no function', 'functions/aws/x.ts', `import { handler } from '../rest-api/handler'; handler();`, path],
  [
    'the contract imports nothing of ours',
    'functions/contract/table.ts',
    `import { plans } from '../domain/tenant/plan'; plans.growth;`,
    path,
  ],
  [
    'a rule about workflows knows none about runs',
    'functions/domain/workflow/x.ts',
    `import type { Run } from '../run/run'; export type X = Run;`,
    path,
  ],
  [
    'the floor of the domain knows none of its rooms',
    'functions/domain/day.ts',
    `import type { Plan } from './tenant/plan'; export type X = Plan;`,
    path,
  ],
  [
    'a store of endpoints knows no rule about deliveries',
    'functions/aws/endpoint/x.ts',
    `import type { Delivery } from '../../domain/delivery/delivery'; export type X = Delivery;`,
    path,
  ],
  [
    'a store of endpoints knows no store of deliveries',
    'functions/aws/endpoint/x.ts',
    `import { deliveryStore } from '../delivery/deliveries'; deliveryStore();`,
    path,
  ],
  [
    'a store does not know which function opens it',
    'functions/aws/tenant/x.ts',
    `import { openStores } from '../open-stores'; openStores();`,
    path,
  ],
  [
    'what speaks HTTP does not log',
    'functions/edge/http/x.ts',
    `import { openLog } from '../log/log'; openLog('dev');`,
    path,
  ],
  [
    'a route of a tenant knows no route of a run',
    'functions/rest-api/tenant/x.ts',
    `import { getRun } from '../run/get-run'; getRun();`,
    path,
  ],
  [
    "an operator's command about tenants knows none about runs",
    'bin/operator/tenant/x.ts',
    `import { runs } from '../run/runs'; runs();`,
    path,
  ],
  [
    'a part of the dashboard knows no page',
    'dashboard/src/parts/x.ts',
    `import { whyNotRunnable } from '../run-now/may-run'; whyNotRunnable();`,
    path,
  ],
  [
    'the edge is handed its stores',
    'functions/edge/x.ts',
    `import { tenantKey } from '../aws/keys'; tenantKey('t');`,
    named,
  ],
  [
    'a route is handed its stores',
    'functions/rest-api/x.ts',
    `import { tenantKey } from '../aws/keys'; tenantKey('t');`,
    named,
  ],
  [
    'a nested route is handed its stores',
    'functions/rest-api/routes/x.ts',
    `import { tenantKey } from '../../aws/keys'; tenantKey('t');`,
    named,
  ],
  ['a route loads no store late', 'functions/rest-api/x.ts', `export const keys = import('../aws/keys');`, syntax],
  [
    'a route makes no SDK call',
    'functions/rest-api/x.ts',
    `import { SQSClient } from '@aws-sdk/client-sqs'; new SQSClient();`,
    named,
  ],
  [
    'REST knows no MCP',
    'functions/rest-api/x.ts',
    `import { McpServer } from '@modelcontextprotocol/server'; new McpServer({ name: 'x', version: '1' });`,
    named,
  ],
  [
    'functions never import each other',
    'functions/rest-api/x.ts',
    `import { handler } from '../run-segment/handler'; handler();`,
    path,
  ],
  [
    'functions know no stack',
    'functions/rest-api/handler.ts',
    `import { stageOf } from '../../lib/stage'; stageOf;`,
    path,
  ],
  [
    'the stack knows the contract only',
    'lib/x.ts',
    `import { plans } from '../functions/domain/tenant/plan'; plans.growth;`,
    path,
  ],
  [
    'the stack is not the app',
    'lib/x.ts',
    `import { bundlesFolder } from '../bin/bundle'; bundlesFolder.length;`,
    path,
  ],
  [
    'the local run has no rules of its own',
    'local/x.ts',
    `import { plans } from '../functions/domain/tenant/plan'; plans.growth;`,
    path,
  ],
  [
    'the operator goes round no function',
    'bin/operator/x.ts',
    `import { auditOf } from '../../functions/rest-api/audit-of'; auditOf.length;`,
    path,
  ],
  [
    'the dashboard carries no rule of the functions',
    'dashboard/src/x.ts',
    `import { plans } from '../../functions/domain/tenant/plan'; plans.growth;`,
    named,
  ],
  [
    'a page of the dashboard leads nowhere past the tenant',
    'dashboard/src/pages/x.tsx',
    `import { useNavigate } from 'react-router'; useNavigate();`,
    named,
  ],
  ['the dashboard is not the stack', 'dashboard/src/x.ts', `import { stageOf } from '../../lib/stage'; stageOf;`, path],
  [
    'end-to-end tests speak only HTTP',
    'test/e2e/x.test.ts',
    `import { plans } from '../../functions/domain/tenant/plan'; plans.growth;`,
    path,
  ],
  ['zod is mini', 'bin/x.ts', `import * as z from 'zod'; z.string();`, named],
  ['a rule reads no environment', 'functions/domain/x.ts', `export const name = process.env.TABLE_NAME;`, property],
  ['a construct reads no environment', 'lib/x.ts', `export const { STAGE } = process.env;`, property],
];

const allowed: [what: string, file: string, code: string][] = [
  [
    'the MCP server imports the SDK',
    'functions/mcp-server/x.ts',
    `import { McpServer } from '@modelcontextprotocol/server'; new McpServer({ name: 'x', version: '1' });`,
  ],
  [
    'a route imports the types of stores',
    'functions/rest-api/x.ts',
    `import type { Key } from '../aws/keys'; export type X = Key;`,
  ],
  [
    'handler.ts opens the stores',
    'functions/rest-api/handler.ts',
    `import { openRestApiStores } from '../aws/open-stores'; openRestApiStores();`,
  ],
  [
    'handler.ts reads its environment',
    'functions/rest-api/handler.ts',
    `export const name = process.env['TABLE_NAME'];`,
  ],
  [
    'stores import the domain',
    'functions/aws/x.ts',
    `import { plans } from '../domain/tenant/plan'; export const all = plans;`,
  ],
  [
    'a rule knows the timeouts and messages of the contract',
    'functions/domain/x.ts',
    `import { functionLimits } from '../contract/functions'; export const limits = functionLimits;`,
  ],
  [
    'the list of stores imports the stores of every room',
    'functions/aws/open-stores.ts',
    `import { reconcileReads } from './reconcile/reads'; reconcileReads();`,
  ],
  [
    'the dashboard takes the types of the functions',
    'dashboard/src/x.ts',
    `import type { Plan } from '../../functions/domain/tenant/plan'; export type X = Plan;`,
  ],
  [
    'one file leads to the pages of the dashboard',
    'dashboard/src/parts/go.tsx',
    `import { useNavigate } from 'react-router'; export const navigating = useNavigate;`,
  ],
  [
    'the stack imports the contract',
    'lib/x.ts',
    `import { tableShape } from '../functions/contract/table'; export const shape = tableShape;`,
  ],
];

const banned: [what: string, file: string, code: string, rule: string][] = [
  ['any', 'lib/x.ts', `export function f(x: any) { return x; }`, '@typescript-eslint/no-explicit-any'],
  ['as', 'local/x.ts', `export const x = JSON.parse('1') as number;`, '@typescript-eslint/consistent-type-assertions'],
  ['!', 'bin/x.ts', `export const x = [1].at(0)!;`, '@typescript-eslint/no-non-null-assertion'],
  ['enum', 'functions/domain/x.ts', `export enum Plan { Pro }`, syntax],
  ['export *', 'functions/domain/x.ts', `export * from './tenant/plan';`, syntax],
  ['.only', 'test/x.test.ts', `test.only('x', () => { expect(1).toBe(1); });`, 'jest/no-focused-tests'],
  ['.skip', 'test/x.test.ts', `test.skip('x', () => { expect(1).toBe(1); });`, 'jest/no-disabled-tests'],
];

const answers = lintTexts([...refused, ...banned, ...allowed].map(([, file, code]) => ({ file, code })));

describe('the dependency rule refuses, because', () => {
  test.each(refused.map((row, index) => ({ what: row[0], rule: row[3], answer: answers[index] })))(
    '$what',
    expectRefusal,
  );
});

describe('nowhere outside its place is there', () => {
  test.each(banned.map((row, index) => ({ what: row[0], rule: row[3], answer: answers[refused.length + index] })))(
    '$what',
    expectRefusal,
  );
});

describe('the dependency rule lets through that', () => {
  test.each(allowed.map((row, index) => ({ what: row[0], answer: answers[refused.length + banned.length + index] })))(
    '$what',
    ({ answer }) => {
      expect(answer).toEqual([]);
    },
  );
});

function expectRefusal({ rule, answer }: { rule: string; answer: string[] | undefined }): void {
  expect(answer).toContain(rule);
}

function lintTexts(texts: { file: string; code: string }[]): string[][] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(__dirname, 'lint-texts.mjs')], {
    cwd: join(__dirname, '..', '..'),
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}
