import type { Key } from '../../../functions/aws/keys';

/** What a row is to the models. */
export type Kind =
  | { readonly kind: 'counter' }
  | { readonly kind: 'history' }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'claim'; readonly hash: string }
  | { readonly kind: 'delivery'; readonly id: string }
  | { readonly kind: 'attempt'; readonly id: string; readonly number: number };

/** Undefined for rows that are in no model. */
export function kindOf({ pk, sk }: Key): Kind | undefined {
  if (!pk.startsWith('T#')) return undefined;
  const [, , partition, hash] = pk.split('#');
  switch (partition) {
    case undefined:
      return sk === 'TENANT' ? { kind: 'counter' } : sk === 'USAGE' ? { kind: 'history' } : undefined;
    case 'RUN':
      return { kind: 'number', number: Number(sk) };
    case 'KEY':
      return { kind: 'claim', hash: hash ?? '' };
    case 'DLV': {
      const [what, id, number] = sk.split('#');
      if (what === 'DELIVERY') return { kind: 'delivery', id: id ?? '' };
      return what === 'ATTEMPT' ? { kind: 'attempt', id: id ?? '', number: Number(number) } : undefined;
    }
    default:
      return undefined;
  }
}
