import type { UsageView } from '../../../../functions/domain/tenant/usage';

/** The runs that today's count is made of, as filters of the list of runs. */
export function runsCounted({ starts_at, resets_at }: Pick<UsageView, 'starts_at' | 'resets_at'>) {
  return { created_from: starts_at, created_before: resets_at };
}
