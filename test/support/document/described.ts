import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** Follows a reference inside the document; anything else is returned as it is. */
export function resolved(document: any, part: any): any {
  if (part?.$ref === undefined) return part;
  const path = String(part.$ref)
    .slice('#/'.length)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return path.reduce((at, key) => at[key], document);
}

/** Judges values by the schemas of a document, with a validator that nobody here wrote. */
export function schemaJudge(document: object) {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
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

/** A copy of a part of the document in which every reference is replaced by what it refers to. */
export function dereferenced(document: any, part: any = document): any {
  if (Array.isArray(part)) return part.map((item) => dereferenced(document, item));
  if (typeof part !== 'object' || part === null) return part;
  const { $ref, ...own } = part;
  if (typeof $ref === 'string') return { ...dereferenced(document, resolved(document, part)), ...own };
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, dereferenced(document, value)]));
}
