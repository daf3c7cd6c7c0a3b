import type { Row } from './database';

/**
 * A condition that these attributes of a row are as they were read. Rows of earlier releases lack attributes that are read
 * as null or 0, so for these an absent attribute is unchanged too. A deleted row has none of them, so at least one must be
 * neither null nor 0, or the write would bring the row back.
 */
export function unchanged(seen: Row, names: readonly string[] = Object.keys(seen)) {
  return {
    expression: names
      .map((name) => {
        const isSame = `#${name} = :seen_${name}`;
        return seen[name] === null || seen[name] === 0 ? `(attribute_not_exists(#${name}) OR ${isSame})` : isSame;
      })
      .join(' AND '),
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(names.map((name) => [`:seen_${name}`, seen[name]])),
  };
}
