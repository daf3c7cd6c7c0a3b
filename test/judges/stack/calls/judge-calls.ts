import type { Argued } from './argued';
import { covers, grantsIn, type Grant, type Statement } from './grants';
import type { Need } from './needs';

export interface Verdict {
  readonly judged: number;
  /** Calls for which the function's role has no grant. */
  readonly withoutGrant: readonly string[];
  /** Grants that no call used and that nothing argues for. */
  readonly withoutCall: readonly string[];
  /** Arguments for grants that were used after all, or that are gone. */
  readonly needless: readonly string[];
}

/** Compares what each function did with what its role may do, in both directions. */
export function judgeCalls(
  statements: Readonly<Record<string, readonly Statement[]>>,
  needs: readonly (Need & { readonly function: string })[],
  argued: readonly Argued[],
): Verdict {
  const used = new Set<Grant>();
  const withoutGrant = new Set<string>();
  const grants = Object.fromEntries(Object.entries(statements).map(([name, own]) => [name, grantsIn(own)]));
  for (const need of needs) {
    const covering = (grants[need.function] ?? []).filter((grant) => covers(grant, need));
    for (const grant of covering) used.add(grant);
    if (covering.length === 0)
      withoutGrant.add(`${need.function}: ${need.action} on ${need.leadingKeys.join(', ') || need.resource}`);
  }
  const unused = Object.entries(grants).flatMap(([name, own]) =>
    own.filter((grant) => !used.has(grant)).map((grant) => ({ name, ...describe(grant) })),
  );
  const isArgued = ({ name, action, on }: (typeof unused)[number]) =>
    argued.filter((one) => one.action === action && (one.on ?? on) === on && (one.function ?? name) === name);
  return {
    judged: needs.length,
    withoutGrant: [...withoutGrant],
    withoutCall: unused
      .filter((one) => isArgued(one).length === 0)
      .map(({ name, action, on }) => `${name}: ${action} on ${on}`),
    needless: argued
      .filter((one) => one.byChance !== true && !unused.some((grant) => isArgued(grant).includes(one)))
      .map((one) => JSON.stringify(one)),
  };
}

/** A grant's keys if it is limited to some, otherwise the last part of its resource. */
function describe({ statement, action }: Grant): { action: string; on: string } {
  const keys = Object.values(statement.Condition ?? {}).flatMap((one) => Object.values(one).flat());
  const limits = keys.filter((key) => key !== 'false');
  const resource = [statement.Resource].flat().map((arn) => arn.split(/[:/]/).at(-1));
  return { action, on: limits.length > 0 ? limits.join(' not ') : resource.join(', ') };
}
