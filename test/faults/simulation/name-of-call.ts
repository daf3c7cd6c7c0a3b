import type { Command } from './sdk-command';

interface AnyInput {
  readonly Key?: KeyAttributes;
  readonly Item?: KeyAttributes;
  readonly IndexName?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, any>>;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys?: readonly unknown[] }>>;
}
type KeyAttributes = Readonly<Record<'pk' | 'sk', unknown>>;

/** Names a call for people: `Update run`, `Query open 7`, `StartExecution`. */
export function nameOfCall({ constructor, input }: Command): string {
  const command = constructor.name.replace(/Command$/, '');
  const { Key, Item, IndexName, ExpressionAttributeValues: values, RequestItems } = input as AnyInput;
  const key = Key ?? Item;
  if (key !== undefined) return `${command} ${kindOfRow(key)}`;
  if (IndexName !== undefined) return `${command} ${IndexName} ${String(values?.[':shard'] ?? '')}`.trim();
  if (RequestItems !== undefined) return `${command} ×${Object.values(RequestItems)[0]?.Keys?.length ?? 0}`;
  if (values?.[':pk'] !== undefined)
    return `${command} ${String(values[':pk']).split('#')[2]?.toLowerCase() ?? 'tenant'}`;
  return command;
}

/** The kind of a row, by its key: `run`, `claim`, or what its sort key begins with, such as `delivery`. */
export function kindOfRow({ pk, sk }: KeyAttributes): string {
  const [, , partition] = String(pk).split('#');
  if (partition === 'RUN') return 'run';
  if (partition === 'KEY') return 'claim';
  if (partition === 'PACE') return 'pace';
  return (String(sk).split('#')[0] ?? '').toLowerCase();
}
