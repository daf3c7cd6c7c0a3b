import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

interface Response {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Returns a check that an answer is one that openapi.json describes. It reads the description as it is served, and judges
 * with a validator that nobody here wrote.
 */
export async function describedCheck(
  apiUrl: string,
): Promise<(method: string, target: string, answer: Response) => void> {
  const document: any = await (await fetch(`${apiUrl}/api/v1/openapi.json`)).json();
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  for (const format of ['int32', 'int64']) ajv.addFormat(format, true);
  ajv.addSchema(document, 'openapi');
  const patterns = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }));

  return (method, target, { status, body }) => {
    const path = patterns.find(({ pattern }) => pattern.test(target.split('?', 1)[0]!))?.path;
    const operation = path === undefined ? undefined : document.paths[path][method.toLowerCase()];
    if (path === undefined || operation === undefined) return;
    const key = [String(status), `${String(status)[0]}XX`].find((one) => operation.responses[one] !== undefined);
    if (key === undefined) throw new Error(`openapi.json does not describe ${status} of ${operation.operationId}`);
    const described = operation.responses[key];
    const name = described.$ref?.split('/').at(-1);
    const { content } = name === undefined ? described : document.components.responses[name];
    const [mediaType] = Object.keys(content ?? {});
    if (mediaType === undefined) return;
    const place =
      name === undefined ? ['paths', path, method.toLowerCase(), 'responses', key] : ['components', 'responses', name];
    const pointer = [...place, 'content', mediaType, 'schema'].map(inPointer).join('/');
    const validate = ajv.getSchema(`openapi#/${pointer}`)!;
    if (!validate(body)) throw new Error(`${status} of ${operation.operationId}: ${ajv.errorsText(validate.errors)}`);
  };
}

function inPointer(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
