import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Plan } from '../../../functions/domain/tenant/plan';
import { capOf, type Tenant } from '../../../functions/domain/tenant/tenant';
import { readWholeNumber } from '../terminal/read-argument';

/** What an operator can set a tenant's daily run cap to: a number, no cap, or the cap of its plan. */
export type CapChoice = number | 'unlimited' | 'plan';

export const capUsage = '<runs|unlimited|plan>';
const maxCap = 1_000_000_000;

export function readCap(text: string): CapChoice {
  if (text === 'unlimited' || text === 'plan') return text;
  try {
    return readWholeNumber(0, maxCap)(text);
  } catch {
    throw new InvalidArgumentError(`Must be a number of runs from 0 to ${maxCap}, "unlimited" or "plan".`);
  }
}

export function storedCap(plan: Plan, choice: CapChoice): Pick<Tenant, 'unlimited' | 'daily_cap'> {
  if (choice === 'unlimited') return { unlimited: true, daily_cap: 0 };
  return choice === 'plan' ? capOf(plan) : capOf(plan, choice);
}

/** The cap in the form that every JSON answer has: null means unlimited. */
export function capNumber({ unlimited, daily_cap }: Pick<Tenant, 'unlimited' | 'daily_cap'>): number | null {
  return unlimited ? null : daily_cap;
}

export function printCap(cap: number | null): string {
  return cap === null ? 'unlimited' : cap.toLocaleString('en-US');
}
