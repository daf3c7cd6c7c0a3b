import '../local/without-sdk-notice';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { documents } from '../functions/contract/documents';
import { openApiDocument } from '../functions/rest-api/document/openapi';
import { restRoutes } from '../functions/rest-api/routes';
import { depsToDescribe } from './deps-to-describe';
import { referencePage } from './reference/page';
import { buildReferenceScript } from './reference/script';

/** Folder that contains `<document id>/<path>` for each description of the API that the stack deploys as a file. */
export const documentsFolder = resolve(__dirname, '..', '.build', 'documents');

/** Writes the documents: openapi.json, made from the routes that the function serves, and the page that shows it. */
export function writeDocuments(folder = documentsFolder): void {
  rmSync(folder, { recursive: true, force: true });
  const texts = {
    OpenApi: JSON.stringify(openApiDocument(restRoutes(depsToDescribe()))),
    Reference: referencePage(),
    ReferenceScript: buildReferenceScript().text,
  };
  for (const { id, path } of documents) {
    const file = join(folder, id, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, texts[id]);
  }
}
