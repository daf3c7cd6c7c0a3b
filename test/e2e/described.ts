import { placeOfResponse, schemaJudge } from './schema-judge';

interface Response {
  readonly status: number;
  readonly body: unknown;
}

/** Returns a check that an answer is one that openapi.json describes, as it is served. */
export async function describedCheck(
  apiUrl: string,
): Promise<(method: string, target: string, answer: Response) => void> {
  const document: any = await (await fetch(`${apiUrl}/api/v1/openapi.json`)).json();
  const judge = schemaJudge(document);
  const patterns = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }));

  return (method, target, { status, body }) => {
    const path = patterns.find(({ pattern }) => pattern.test(target.split('?', 1)[0]!))?.path;
    const operation = path === undefined ? undefined : document.paths[path][method.toLowerCase()];
    if (path === undefined || operation === undefined) return;
    const place = placeOfResponse(document, path, method, status);
    if (place === undefined) throw new Error(`openapi.json does not describe ${status} of ${operation.operationId}`);
    const { content } = place.reduce((part, key) => part[key], document);
    const [mediaType] = Object.keys(content ?? {});
    if (mediaType === undefined) return;
    const wrong = judge([...place, 'content', mediaType, 'schema'], body);
    if (wrong !== '') throw new Error(`${status} of ${operation.operationId}: ${wrong}`);
  };
}
