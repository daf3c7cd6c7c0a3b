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
  const command = constructor.name.slice(0, -'Command'.length);
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
  const partition = partitionIn(String(pk));
  if (partition === 'RUN') return 'run';
  if (partition === 'KEY') return 'claim';
  if (partition === 'PACE') return 'pace';
  const text = String(sk);
  const end = text.indexOf('#');
  return (end < 0 ? text : text.slice(0, end)).toLowerCase();
}

/** The third part of a partition key. The simulator asks for it at every call, where to split the text takes longer. */
function partitionIn(pk: string): string | undefined {
  const second = pk.indexOf('#', pk.indexOf('#') + 1);
  if (second <= 0) return undefined;
  const third = pk.indexOf('#', second + 1);
  return third < 0 ? pk.slice(second + 1) : pk.slice(second + 1, third);
}
