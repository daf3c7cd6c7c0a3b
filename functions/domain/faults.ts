import type * as z from 'zod/mini';
import { maxListedFaults, type Fault } from './errors';

type Issue = z.core.$ZodIssue;

/**
 * Turns zod's issues into faults with JSON pointers. Unknown keys are listed one by one.
 *
 * @param codeOf names the fault's code for an issue
 */
export function faultsFrom(issues: readonly Issue[], codeOf: (issue: Issue) => string): Fault[] {
  const faults: Fault[] = [];
  for (const issue of issues) {
    if (faults.length >= maxListedFaults) break;
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        faults.push({ pointer: pointer([...issue.path, key]), code: codeOf(issue), detail: 'Unknown key; remove it.' });
      }
    } else {
      faults.push({ pointer: pointer(issue.path), code: codeOf(issue), detail: sentence(issue) });
    }
  }
  return faults.slice(0, maxListedFaults);
}

/** RFC 6901 pointer as a URI fragment. */
export function pointer(path: readonly PropertyKey[]): string {
  return ['#', ...path.map((key) => encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1')))].join(
    '/',
  );
}

function sentence(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.path.length > 0
        ? `Required: ${named(issue.expected)}.`
        : `Must be ${named(issue.expected)}.`;
    case 'too_big':
      return `Must be at most ${String(issue.maximum)}${unit(issue.origin)}.`;
    case 'too_small':
      return `Must be at least ${String(issue.minimum)}${unit(issue.origin)}.`;
    case 'invalid_value':
      return `Must be one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_union':
    case 'invalid_format':
    case 'custom':
    default:
      return issue.message === 'Invalid input' ? 'Not valid here.' : issue.message;
  }
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  if (origin === 'array' || origin === 'set') return ' items';
  return '';
}

function named(expected: string): string {
  if (expected === 'int') return 'a whole number';
  if (expected === 'array' || expected === 'object') return `an ${expected}`;
  if (expected === 'never') return 'absent';
  return `a ${expected}`;
}
