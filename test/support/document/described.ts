import { keysOf } from '../../e2e/schema-judge';

/** Follows a reference inside the document; anything else is returned as it is. */
export function resolved(document: any, part: any): any {
  return part?.$ref === undefined ? part : keysOf(part.$ref).reduce((at, key) => at[key], document);
}

/** A copy of a part of the document in which every reference is replaced by what it refers to. */
export function dereferenced(document: any, part: any = document): any {
  if (Array.isArray(part)) return part.map((item) => dereferenced(document, item));
  if (typeof part !== 'object' || part === null) return part;
  const { $ref, ...own } = part;
  if (typeof $ref === 'string') return { ...dereferenced(document, resolved(document, part)), ...own };
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, dereferenced(document, value)]));
}
