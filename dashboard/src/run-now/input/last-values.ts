import type { Json, JsonObject } from '../../../../functions/domain/json';
import { keepLastInput, lastInputOf, type InputOwner } from '../../session/last-inputs';
import { isObject, parseJson } from '../../parts/json';
import type { Declared } from '../../workflow/declared-inputs';
import { judgeInput } from './judge-input';

/** What the person entered last of what is declared still, and fits. Undefined if there is nothing. */
export function lastValues(
  owner: InputOwner,
  declared: readonly Declared[],
  storage?: Storage,
): JsonObject | undefined {
  const kept = asJson(lastInputOf(owner, storage));
  if (!isObject(kept)) return undefined;
  const given = ofDeclared(declared, kept);
  const faults = judgeInput(declared, given);
  const fitting = Object.entries(given).filter(([name]) => !faults.has(name));
  return fitting.length === 0 ? undefined : Object.fromEntries(fitting);
}

/** Keeps what is declared of an input. The rest is free, so nothing says what it means the next time. */
export function keepLastValues(
  owner: InputOwner,
  declared: readonly Declared[],
  input: JsonObject,
  storage?: Storage,
): void {
  const given = ofDeclared(declared, input);
  keepLastInput(owner, Object.keys(given).length === 0 ? undefined : given, storage);
}

function ofDeclared(declared: readonly Declared[], input: JsonObject): JsonObject {
  const names = declared.map(([name]) => name);
  return Object.fromEntries(Object.entries(input).filter(([name]) => names.includes(name)));
}

function asJson(kept: unknown): Json {
  return kept === undefined ? null : parseJson(JSON.stringify(kept));
}
