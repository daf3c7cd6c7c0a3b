import type { Row } from '../../../functions/aws/database';
import { unknown } from './refusals';

/**
 * A deep copy of a value as the document client would store it: without `undefined`, and frozen, so that tables and
 * readers can share it. Whoever changes what was read from the table gets a TypeError.
 */
function storedValue(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) throw unknown(`the number ${value}`);
      // DynamoDB has no negative zero.
      return value === 0 ? 0 : value;
    case 'object':
      return value === null ? null : storedObject(value);
    default:
      throw unknown(`values of the type ${typeof value}`);
  }
}

export function storedRow(row: Row): Row {
  return Object.freeze(storedValues(row));
}

/** The same for values that are not stored together, such as those of expressions. */
export function storedValues(values: Row): Row {
  const copy: Row = {};
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (name === '__proto__') throw unknown('an attribute named __proto__');
    if (value !== undefined) copy[name] = storedValue(value);
  }
  return copy;
}

function storedObject(value: object): unknown {
  if (Array.isArray(value)) return Object.freeze(value.filter((item) => item !== undefined).map(storedValue));
  if (Object.getPrototypeOf(value) === Object.prototype) return storedRow(value as Row);
  // Jest gives each test file its own `Set` and `Object`, so a value made by Node itself is an instance of neither.
  const type = Object.prototype.toString.call(value);
  if (type === '[object Object]') return storedRow(value as Row);
  if (type === '[object Set]') return frozenSet(value as ReadonlySet<unknown>);
  throw unknown(`values of the type ${type}`);
}

/** @throws Error for an empty set, as the document client does */
export function frozenSet(members: Iterable<unknown>): ReadonlySet<unknown> {
  const set = new Set(members);
  if (set.size === 0) throw unknown('an empty set');
  // `Object.freeze` does not keep a set from being changed.
  for (const change of ['add', 'delete', 'clear']) Object.defineProperty(set, change, { value: refuseChange });
  return Object.freeze(set);
}

function refuseChange(): never {
  throw new TypeError('This set was read from the table, which shares it: copy it to change it');
}
