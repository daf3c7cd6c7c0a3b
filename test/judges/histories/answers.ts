import type { Answered, Operation, SeenRun } from '../../load/history/operation';

export type Answer = Operation & { readonly answered: Answered };

export function answers(history: readonly Operation[], operation: string): Answer[] {
  return history.filter(
    (each): each is Answer =>
      each.asked.operation === operation && each.answered !== null && each.answered.status < 500,
  );
}

/** Accepted triggers that started a run themselves. */
export function started(history: readonly Operation[]): Answer[] {
  return answers(history, 'trigger').filter(({ answered }) => answered.status === 202 && answered.replayed === false);
}

/** The read of the same client before this one. */
export function before(reads: readonly Answer[], { tenant, client, call_us: call }: Answer): Answer | undefined {
  return reads.findLast((each) => each.tenant === tenant && each.client === client && each.return_us <= call);
}

export function countAccepted(history: readonly Operation[], { tenant, call_us: call }: Answer): number {
  return started(history).filter((each) => each.tenant === tenant && each.return_us < call).length;
}

export function shownAs(history: readonly Operation[], status: string): { list: Answer; run: SeenRun } {
  const list = answers(history, 'list').find(({ answered }) => answered.runs!.some((run) => run.status === status))!;
  return { list, run: list.answered.runs!.find((run) => run.status === status)! };
}
