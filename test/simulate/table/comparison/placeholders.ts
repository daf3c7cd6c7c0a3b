import type { Row } from '../../../../functions/aws/database';
import type { Chooser } from './chooser';

/** Collects the names and values of a request while its expressions are written. */
export interface Placeholders {
  /** How an expression writes a path: each part as it is, or as a name. */
  readonly path: (...parts: readonly string[]) => string;
  readonly value: (value: unknown) => string;
  /** What the request needs for them, now and then with one too many or one too few. */
  readonly options: () => { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Row };
}

export function placeholders(choose: Chooser): Placeholders {
  const names: Record<string, string> = {};
  const values: Row = {};
  return {
    path: (...parts) =>
      parts
        .map((part) => {
          if (choose.chance(0.5)) return part;
          names[`#${part}`] = part;
          return `#${part}`;
        })
        .join('.'),
    value: (value) => {
      const name = `:v${Object.keys(values).length}`;
      values[name] = value;
      return name;
    },
    options: () => {
      if (choose.chance(0.02)) names['#unused'] = 'unused';
      if (choose.chance(0.02)) values[':unused'] = choose.one([1, 'a']);
      if (choose.chance(0.02)) delete values[':v0'];
      return {
        ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
        ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
      };
    },
  };
}
