import type { Operation, PlacedOperation } from './operations';

/** A command that sends the operation's example. Parameters that are not required are left out. */
export function curlSample({ method, path, operation }: PlacedOperation, origin: string): string {
  const body = jsonExample(operation);
  const options = [
    ...(method === 'get' ? [] : [`-X ${method.toUpperCase()}`]),
    ...(isPublic(operation) ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(body)}`]),
  ];
  return [`curl ${quoted(origin + filledPath(path, operation))}`, ...options].join(' \\\n  ');
}

/** The path with the examples of its parameters. */
function filledPath(path: string, { parameters = [] }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const parameter = parameters.find((one) => 'name' in one && one.name === name);
    const example: unknown = parameter !== undefined && 'example' in parameter ? parameter.example : undefined;
    return typeof example === 'string' || typeof example === 'number' ? encodeURIComponent(example) : placeholder;
  });
}

function jsonExample({ requestBody }: Operation): string | undefined {
  if (requestBody === undefined || !('content' in requestBody)) return undefined;
  const example: unknown = requestBody.content['application/json']?.example;
  return example === undefined ? undefined : JSON.stringify(example, null, 2);
}

function isPublic({ security = [] }: Operation): boolean {
  return security.length === 0;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
