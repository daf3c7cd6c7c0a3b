import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../bin/bundle';
import { writeDocuments } from '../../bin/documents';
import { documentCacheControl, documents, documentSecurityPolicy } from '../../functions/contract/documents';
import { startRest, type Rest } from '../support/rest';

let rest: Rest;
let folder: string;
beforeAll(async () => {
  rest = await startRest();
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  buildFunctions({ outdir: join(folder, 'functions') });
  await writeDocuments(join(folder, 'functions'), join(folder, 'documents'));
});
afterAll(async () => {
  await rest.stop();
  rmSync(folder, { recursive: true });
});

test.each(documents)('the file of $path is what the API answers there, with the same type', async (document) => {
  const { path, contentType, id } = document;

  const { status, headers, body } = await rest.call('GET', path);
  const file = readFileSync(join(folder, 'documents', id, path), 'utf8');

  expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, contentType, documentCacheControl]);
  expect(contentType === 'application/json' ? JSON.parse(file) : file).toEqual(body);
});

test('the reference page has the same security policy as a file', async () => {
  const { headers } = await rest.call('GET', '/api/v1/reference');

  expect(headers['content-security-policy']).toBe(documentSecurityPolicy);
});
