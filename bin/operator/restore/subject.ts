import type { RowPair } from './row-pairs';

/** A row by the name that people use for what it holds. */
export function subjectOf({ kind, key }: Pick<RowPair, 'kind' | 'key'>): string {
  const [first = '', ...rest] = key.sk.split('#');
  switch (kind) {
    case 'tenant':
      return 'tenant';
    case 'runs':
      return `run ${Number(key.sk)}`;
    case 'inputs':
      return `input of run ${Number(key.sk)}`;
    case 'trails':
      return `trail of run ${Number(first)}`;
    case 'workflows':
      return `workflow ${Number(rest[0])}`;
    case 'versions':
      return `workflow ${Number(rest[0])} version ${Number(rest[1])}`;
    case 'deliveries':
      return `dlv_${rest.join('#')}`;
    case 'endpoints':
    case 'tokens':
    case 'apps':
      return rest.join('#');
    default:
      return rest.length === 0 ? key.sk : `${first.toLowerCase()} ${rest.join('#')}`;
  }
}
