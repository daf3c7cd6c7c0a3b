import { billOf, billParts, type Bill } from '../bill';
import { bareFloor, sameRowsFloor } from '../floors';
import type { Operations } from '../operations';
import { recipes } from './recipes';
import type { CountedRun } from './run';

/** A counted run with its price and the prices of both floors. */
export interface JudgedRun extends CountedRun {
  readonly usd: Bill;
  readonly totalUsd: number;
  readonly sameRowsFloorUsd: number;
  readonly bare: Operations;
  readonly bareFloorUsd: number;
}

export function judgeRun(counted: CountedRun): JudgedRun {
  const { scenario, operations } = counted;
  const bare = bareFloor({
    recipe: recipes[scenario.recipe],
    endpoints: scenario.endpoints,
    attempts: scenario.failing ? counted.attempts / scenario.endpoints : 1,
  });
  return {
    ...counted,
    usd: billOf(operations),
    totalUsd: totalOf(billOf(operations)),
    sameRowsFloorUsd: totalOf(billOf(sameRowsFloor(operations))),
    bare,
    bareFloorUsd: totalOf(billOf(bare)),
  };
}

export function totalOf(bill: Bill): number {
  return billParts.reduce((total, part) => total + bill[part], 0);
}
