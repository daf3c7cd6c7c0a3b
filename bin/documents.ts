import '../local/without-sdk-notice';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { documents } from '../functions/contract/documents';
import { openApiDocument } from '../functions/rest-api/document/openapi';
import { referencePage } from '../functions/rest-api/document/reference-page';
import { restRoutes } from '../functions/rest-api/routes';
import { depsToDescribe } from './deps-to-describe';

/** Folder that contains `<document id>/<path>` for each description of the API that the stack deploys as a file. */
export const documentsFolder = resolve(__dirname, '..', '.build', 'documents');

/** Writes the documents, made from the routes that the function serves. */
export function writeDocuments(folder = documentsFolder): void {
  rmSync(folder, { recursive: true, force: true });
  const routes = restRoutes(depsToDescribe());
  const texts = { OpenApi: JSON.stringify(openApiDocument(routes)), Reference: referencePage(routes) };
  for (const { id, path } of documents) {
    const file = join(folder, id, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, texts[id]);
  }
}
