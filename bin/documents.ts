import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { documents } from '../functions/contract/documents';
import { loadHandler } from '../local/lambda/load-handler';
import { bundlesFolder } from './bundle';

/** Folder that contains `<document id>/<path>` for each description of the API that the stack deploys as a file. */
export const documentsFolder = resolve(__dirname, '..', '.build', 'documents');

const replySchema = z.object({ statusCode: z.literal(200), body: z.string() });

/** What the function must have to start. It has no effect on the documents, which are made without a request to AWS. */
const environment = {
  AWS_REGION: 'us-east-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  TABLE_NAME: 'none',
  STAGE: 'none',
  DELIVERY_QUEUE_URL: 'https://none.invalid',
  EXPRESS_STATE_MACHINE_ARN: 'none',
  STANDARD_STATE_MACHINE_ARN: 'none',
  OWN_HOSTS: '',
  PUBLIC_ORIGIN: 'https://none.invalid',
  ORIGIN_SECRETS: '',
  WAITING_PLACES: '0',
  RUN_ENGINE: 'auto',
  SUPPORT_EMAIL: 'none@none.invalid',
  OIDC_ISSUER: '',
  OIDC_AUDIENCE: '',
};

/** Writes the documents as the bundled function answers them, so that they describe exactly the routes it serves. */
export async function writeDocuments(bundles = bundlesFolder, folder = documentsFolder): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const bundle = join(bundles, 'rest-api', 'index.js');
  const handler = loadHandler(bundle, 'handler', { environment, log: process.stderr });
  for (const { id, path } of documents) {
    const { body } = replySchema.parse(await handler(requestFor(path), {}));
    const file = join(folder, id, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
  }
}

function requestFor(path: string) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: {
      requestId: 'build',
      domainName: 'build',
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'build' },
    },
  };
}
