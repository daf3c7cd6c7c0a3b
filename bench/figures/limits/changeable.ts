import { limitNames, rulesOf } from '../../../functions/domain/tenant/limits';
import { planSchema } from '../../../functions/domain/tenant/plan';
import { markdownTable } from '../../markdown-table';
import { grouped } from '../units';

/** Every limit of a tenant that the operator may change. */
export function changeableTable(): string {
  return markdownTable(
    ['name', 'what it bounds', 'unless changed', 'can be set to'],
    limitNames.map((name) => {
      const { default: standard, min, max, unit, bounds } = rulesOf(name);
      const usual =
        typeof standard === 'number'
          ? `${grouped(standard)} ${unit}`
          : planSchema.options.map((plan) => `${plan} ${grouped(standard(plan))}`).join(', ');
      return [`\`${name}\``, bounds, usual, `${grouped(min)} to ${grouped(max)}`];
    }),
  );
}
