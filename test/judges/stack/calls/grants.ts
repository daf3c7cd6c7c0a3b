import type { Need } from './needs';

/** A statement of a role's policy, as IAM returns it. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** One action of one statement: the smallest part of a policy that can be removed. */
export interface Grant {
  readonly statement: Statement;
  readonly action: string;
}

export function grantsIn(statements: readonly Statement[]): Grant[] {
  return statements.flatMap((statement) => listOf(statement.Action).map((action) => ({ statement, action })));
}

/** Tells whether a grant covers a need. Throws for what our policies do not use, so that it cannot be judged wrongly. */
export function covers({ statement, action }: Grant, need: Need): boolean {
  if (statement.Effect !== 'Allow') throw new Error('A statement with Deny is not understood');
  return (
    matches(action, need.action) &&
    listOf(statement.Resource).some((resource) => matches(resource, need.resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, patterns]) => holds(operator, key, listOf(patterns), need)),
    )
  );
}

function holds(operator: string, key: string, patterns: readonly string[], { leadingKeys }: Need): boolean {
  const isLike = (value: string) => patterns.some((pattern) => matches(pattern, value));
  if (key !== 'dynamodb:LeadingKeys') throw new Error(`Condition key ${key} is not understood`);
  switch (operator) {
    case 'ForAllValues:StringLike':
      return leadingKeys.every(isLike);
    case 'ForAllValues:StringNotLike':
      return !leadingKeys.some(isLike);
    case 'Null':
      return (leadingKeys.length === 0) === (patterns[0] === 'true');
    default:
      throw new Error(`Condition operator ${operator} is not understood`);
  }
}

/** `*` and `?` of IAM's patterns. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
