import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** Judges values by the schemas of an OpenAPI document, with a validator that nobody here wrote. */
export function schemaJudge(document: object) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // 64-bit numbers are JSON numbers here.
  for (const format of ['int32', 'int64']) ajv.addFormat(format, { type: 'number', validate: Number.isInteger });
  ajv.addSchema(document, 'openapi');
  const compiled = new Map<string, ValidateFunction>();

  /** @param place the keys that lead to the schema. @returns what is wrong with the value; empty if nothing */
  return (place: readonly string[], value: unknown): string => {
    const pointer = place.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi#/${pointer}` });
    compiled.set(pointer, validate);
    return validate(value) ? '' : ajv.errorsText(validate.errors);
  };
}

/** The place of an operation's response to a status, also if it is described with a range; undefined if it is not. */
export function placeOfResponse(document: any, path: string, method: string, status: number): string[] | undefined {
  const { responses } = document.paths[path][method.toLowerCase()];
  const key = [String(status), `${String(status)[0]}XX`].find((one) => responses[one] !== undefined);
  if (key === undefined) return undefined;
  const { $ref } = responses[key];
  return $ref === undefined ? ['paths', path, method.toLowerCase(), 'responses', key] : keysOf($ref);
}

/** The keys of a reference inside the document. */
export function keysOf($ref: string): string[] {
  return $ref
    .slice('#/'.length)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
