import type * as z from 'zod/mini';
import { maxListedFaults, type BodyFault } from './errors';

type Issue = z.core.$ZodIssue;

/**
 * Converts zod's issues to faults with JSON pointers. Each unknown key is a fault of its own. It stops at one fault more
 * than a refusal lists, which is enough to say that there are more.
 *
 * @param codeOf returns the code of the fault for an issue
 */
export function faultsFrom(issues: readonly Issue[], codeOf: (issue: Issue) => string = issueCode): BodyFault[] {
  const faults: BodyFault[] = [];
  for (const issue of issues) {
    const left = maxListedFaults + 1 - faults.length;
    if (left === 0) break;
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, left)) {
        faults.push({ pointer: pointer([...issue.path, key]), code: codeOf(issue), detail: 'Unknown key; remove it.' });
      }
    } else {
      faults.push({ pointer: pointer(issue.path), code: codeOf(issue), detail: sentence(issue) });
    }
  }
  return faults;
}

/** Zod's own code, unless one of our rules names another in `params.code`. */
function issueCode(issue: Issue): string {
  const own: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return typeof own === 'string' ? own : issue.code;
}

/**
 * A longer key is cut in a pointer and ends in `…`. No key of the product's is longer than a header's name, 64
 * characters; whole, a hundred unknown keys of 2 KB would come back as a megabyte of escapes.
 */
export const maxPointerKeyCharacters = 200;

/** RFC 6901 pointer as a URI fragment. */
export function pointer(path: readonly PropertyKey[]): string {
  return [
    '#',
    ...path.map((key) => inFragment(shortened(String(key)).replaceAll('~', '~0').replaceAll('/', '~1'))),
  ].join('/');
}

export function shortened(key: string): string {
  return key.length > maxPointerKeyCharacters ? `${key.slice(0, maxPointerKeyCharacters)}…` : key;
}

/** JSON can contain a lone surrogate, which a URI cannot. It becomes U+FFFD, as in any conversion to UTF-8. */
function inFragment(key: string): string {
  return encodeURIComponent(Buffer.from(key).toString());
}

function sentence(issue: Issue): string {
  // The schema has a message of its own; zod/mini otherwise says only "Invalid input".
  if (issue.message !== 'Invalid input') return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      // A value of any type is required, and none was sent.
      if (issue.expected === 'nonoptional') return 'Required.';
      return issue.input === undefined && issue.path.length > 0
        ? `Required: ${named(issue.expected)}.`
        : `Must be ${named(issue.expected)}.`;
    case 'too_big':
      return `Must ${atMost(issue.maximum, issue.origin)}.`;
    case 'too_small':
      return `Must ${atLeast(issue.minimum, issue.origin)}.`;
    case 'invalid_value':
      return `Must be one of: ${issue.values.map(String).join(', ')}.`;
    default:
      return 'Not valid here.';
  }
}

function atMost(limit: number | bigint, origin: string): string {
  const unit = unitOf(origin);
  return unit === undefined ? `be at most ${limit}` : `have at most ${limit} ${unit}${limit === 1 ? '' : 's'}`;
}

function atLeast(limit: number | bigint, origin: string): string {
  const unit = unitOf(origin);
  return unit === undefined ? `be at least ${limit}` : `have at least ${limit} ${unit}${limit === 1 ? '' : 's'}`;
}

function unitOf(origin: string): string | undefined {
  if (origin === 'string') return 'character';
  return origin === 'array' || origin === 'set' ? 'item' : undefined;
}

function named(expected: string): string {
  if (expected === 'int') return 'a whole number';
  if (expected === 'array' || expected === 'object') return `an ${expected}`;
  if (expected === 'never') return 'absent';
  return `a ${expected}`;
}
