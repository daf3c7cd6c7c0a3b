import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildFunctions } from '../../bin/bundle';
import { writeDocuments } from '../../bin/documents';
import { documents } from '../../functions/contract/documents';
import { errorCodes } from '../../functions/domain/errors';
import { problems } from '../../functions/edge/http/problem';
import { startRest, type Rest } from '../support/rest';

let rest: Rest;
let folder: string;
beforeAll(async () => {
  rest = await startRest();
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  writeDocuments(folder);
});
afterAll(async () => {
  await rest.stop();
  rmSync(folder, { recursive: true });
});

const fileOf = (id: string, path: string) => readFileSync(join(folder, id, path), 'utf8');

test('openapi.json is the description of the routes that the function serves', () => {
  expect(JSON.parse(fileOf('OpenApi', '/api/v1/openapi.json'))).toEqual(JSON.parse(JSON.stringify(rest.document)));
});

test('the reference page and its script are at most 300 KB, compressed as a server does on request', () => {
  const files = [fileOf('Reference', '/api/v1/reference'), fileOf('ReferenceScript', '/api/v1/reference.js')];
  const kb = files.reduce((sum, text) => sum + gzipSync(text, { level: 6 }).length, 0) / 1024;

  expect(kb).toBeGreaterThan(100);
  expect(kb).toBeLessThanOrEqual(300);
});

test("the reference page explains each error code in its HTML, where a problem's link leads programs too", () => {
  const page = fileOf('Reference', '/api/v1/reference');

  for (const code of errorCodes)
    expect(page).toContain(`<section id="${code}"><h3>${code}</h3><p><strong>${problems[code].status} `);
  expect(page).toContain('Repeat the request after <code>Retry-After</code>, with the same <code>');
});

test('the reference page runs no script of its own text, and names no other site', () => {
  const page = fileOf('Reference', '/api/v1/reference');

  expect(page.match(/<script[^>]*>/g)).toEqual(['<script src="/api/v1/reference.js" defer>']);
  expect(page).not.toMatch(/\son[a-z]+=|https?:/);
});

test.each(documents)('no function answers $path, so nothing of it is loaded at a cold start', async ({ path }) => {
  const { status } = await rest.call('GET', path);
  const { outputs } = buildFunctions({ write: false });

  expect(status).toBe(404);
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  expect(inputs.filter((input) => input.startsWith('functions/rest-api/document/'))).toEqual([]);
});
