import type { BoundName } from '../cost/bounds';
import type { UnitName } from '../cost/unit-costs';
import type { AttackRequest } from '../load/plan';
import type { AbusedStack } from '../stack/start-stack';

/** One way in which a caller may try to slow, bill or starve others. */
export interface Attack {
  /** For `--only`. */
  readonly name: string;
  /** What the attacker does, as a phrase for tables. */
  readonly what: string;
  readonly by: 'stranger' | 'tenant';
  /** Requests that are under way at the same time. */
  readonly connections: number;
  /** Prepares the stack before each round, so that an attack does not find its limits used up. */
  readonly prepare: (stack: AbusedStack) => Promise<PreparedAttack>;
  /** The preparation takes long, so all rounds share it. */
  readonly preparedOnce?: true;
  /** What an admitted and a refused request cost. */
  readonly priced: { readonly admitted: UnitName; readonly refused: UnitName };
  /** What bounds the attack on a deployed stack. */
  readonly bound: BoundName;
}

export interface PreparedAttack {
  /** Sent in turn. */
  readonly requests: readonly AttackRequest[];
  /** The attack is over after this many requests. */
  readonly most?: number;
  /** Ends what the attack would otherwise leave behind, such as its long runs. */
  readonly after?: () => Promise<void>;
}
