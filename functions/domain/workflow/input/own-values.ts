import type * as z from 'zod/mini';
import { canonicalJson } from '../../json';
import { valueFault, type Bounds } from './value-fault';

interface Declared extends Bounds {
  readonly required?: boolean | undefined;
  readonly default?: unknown;
  readonly example?: unknown;
}

/** Checks a declaration against itself: its default, its example and its choices must be values that it accepts. */
export function judgeOwnValues({ value, issues }: z.core.ParsePayload<Declared>): void {
  const refuse = (path: (string | number)[], message: string) => {
    issues.push({ code: 'custom', path, message, input: value });
  };
  if (value.min !== undefined && value.max !== undefined && value.min > value.max) {
    refuse(['max'], `Must be at least min, which is ${value.min}.`);
  }
  if (value.required === true && value.default !== undefined) {
    refuse(['default'], 'An input that is required never takes its default: remove one of the two.');
  }
  const { enum: choices, ...bounds } = value;
  for (const [index, choice] of (choices ?? []).entries()) {
    const fault = valueFault(bounds, choice);
    if (fault !== undefined) refuse(['enum', index], fault.detail);
    if (choices?.indexOf(choice) !== index)
      refuse(['enum', index], `${canonicalJson(choice)} is there twice; remove one.`);
  }
  for (const name of ['default', 'example'] as const) {
    const fault = value[name] === undefined ? undefined : valueFault(value, value[name]);
    if (fault !== undefined) refuse([name], fault.detail);
  }
}
