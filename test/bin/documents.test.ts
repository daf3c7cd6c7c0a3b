import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../bin/bundle';
import { writeDocuments } from '../../bin/documents';
import { documents } from '../../functions/contract/documents';
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

test.each(documents)('no function answers $path, so nothing of it is loaded at a cold start', async ({ path }) => {
  const { status } = await rest.call('GET', path);
  const { outputs } = buildFunctions({ write: false });

  expect(status).toBe(404);
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  expect(inputs.filter((input) => input.startsWith('functions/rest-api/document/'))).toEqual([]);
});
