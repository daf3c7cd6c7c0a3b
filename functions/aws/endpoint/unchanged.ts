import type { Row } from '../database';

/**
 * A condition that attributes are as they were read. Rows of earlier releases lack attributes that are read as null or 0, so
 * for these an absent attribute is unchanged too. A deleted endpoint has none of them, and `status` must be among them, so
 * that nothing is written in its place.
 */
export function unchanged(seen: Row) {
  const names = Object.keys(seen);
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
