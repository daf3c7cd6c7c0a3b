import type { Row } from '../../../../functions/aws/database';
import { invalid } from '../refusals';
import { parsedOnce, type Scope } from './expression';
import { nameOf, parsePath } from './path';

/** A list of attributes; the product asks for no entries of maps. */
export const projection = parsedOnce<readonly string[]>((tokens) => {
  const attributes: string[] = [];
  do {
    const [attribute = '', ...rest] = parsePath(tokens);
    if (rest.length > 0) throw tokens.unknown();
    attributes.push(attribute);
  } while (tokens.take(','));
  return attributes;
});

/** Reduces rows to these attributes, as far as they have them. */
export function projecting(attributes: readonly string[], names: Scope['names']): (row: Row) => Row {
  const wanted = attributes.map((attribute) => nameOf(attribute, names));
  if (new Set(wanted).size < wanted.length) throw invalid('Two document paths overlap with each other');
  return (row) => {
    const projected: Row = {};
    for (const name of wanted) if (Object.hasOwn(row, name)) projected[name] = row[name];
    return projected;
  };
}
