import { productVersion } from '../../contract/version';
import { stepTypesInWords } from '../../domain/workflow/recipe';
import { headers } from './headers';
import type { Json } from './json';
import { documentOperations } from './files';
import type { Operation } from './operation';
import { operationObject } from './operation-object';
import { sharedParameters } from './parameters';
import { sharedResponses } from './refusals';
import { schemasOf } from './schemas';
import { tags } from './tags';
import { webhooksObject } from './webhooks';
import { components } from './words/components';

/**
 * The OpenAPI 3.1 description of `routes`, generated from the schemas that parse their requests and from the words of
 * `words/`. The build writes it to a file, so no function holds it: see bin/documents.ts.
 */
export function openApiDocument(routes: readonly Operation[]) {
  const schemas = schemasOf(components);
  const paths: Record<string, Json> = {};
  for (const operation of [...routes, ...documentOperations]) {
    const method = operation.method.toLowerCase();
    paths[operation.path] = { ...paths[operation.path], [method]: operationObject(operation, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Workflows API',
      version: productVersion,
      description:
        `Runs named recipes of the steps ${stepTypesInWords()}. Ids are per tenant; times are RFC 3339 UTC; a KB is 1,024 ` +
        'bytes. Responses may get new members at any time, so ignore those that you do not know.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags,
    paths,
    webhooks: webhooksObject(schemas),
    components: {
      securitySchemes,
      parameters: sharedParameters,
      headers,
      responses: sharedResponses,
      schemas: schemas.named(),
    },
  };
}

const securitySchemes = {
  token: { type: 'http', scheme: 'bearer', description: 'An access token, cwf_pat_…' },
  sign_in: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "The dashboard's ID token; a member of several tenants names one in X-Tenant-Id.",
  },
} as const;
