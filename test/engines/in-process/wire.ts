import type { Command } from '../../faults/simulation/sdk-command';

type Attribute = { readonly [type: string]: any };
type Attributes = Record<string, Attribute>;

const operations: Readonly<Record<string, string>> = {
  GetCommand: 'GetItem',
  PutCommand: 'PutItem',
  UpdateCommand: 'UpdateItem',
  DeleteCommand: 'DeleteItem',
  QueryCommand: 'Query',
  ScanCommand: 'Scan',
  BatchGetCommand: 'BatchGetItem',
  BatchWriteCommand: 'BatchWriteItem',
};

/** How rows become attribute values and back. */
export interface Conversion {
  readonly marshal: (row: any) => Attributes;
  readonly unmarshal: (row: any) => Record<string, unknown>;
}

/** A plain conversion of the types that the product stores. It refuses nothing. */
export const plain: Conversion = { marshal, unmarshal };

/** The operation for which a command of the document client asks, if it is about rows. */
export function operationOf({ constructor }: Command): string | undefined {
  return operations[constructor.name];
}

/** Translates the input of a command of the document client into a request of DynamoDB's JSON protocol. */
export function toWire({ input }: Command, { marshal }: Conversion): unknown {
  return {
    ...input,
    ...mapped(input, ['Item', 'Key', 'ExclusiveStartKey', 'ExpressionAttributeValues'], marshal),
    ...requestItems(input['RequestItems'], marshal),
  };
}

export function fromWire(answer: Record<string, any>, { unmarshal }: Conversion): Record<string, unknown> {
  const { Items, Responses, UnprocessedKeys } = answer;
  const rows = (from: Attributes[]) => from.map((row) => unmarshal(row));
  return {
    ...answer,
    ...mapped(answer, ['Item', 'Attributes', 'LastEvaluatedKey'], unmarshal),
    ...(Items && { Items: rows(Items) }),
    ...(Responses && mapTables('Responses', Responses, rows)),
    ...(UnprocessedKeys &&
      mapTables('UnprocessedKeys', UnprocessedKeys, ({ Keys, ...rest }) => ({ ...rest, Keys: rows(Keys) }))),
  };
}

function requestItems(tables: Record<string, any> | undefined, marshal: Conversion['marshal']): object {
  if (tables === undefined) return {};
  return mapTables('RequestItems', tables, (request) =>
    Array.isArray(request)
      ? request.map(({ PutRequest, DeleteRequest }) =>
          PutRequest === undefined
            ? { DeleteRequest: { Key: marshal(DeleteRequest.Key) } }
            : { PutRequest: { Item: marshal(PutRequest.Item) } },
        )
      : { ...request, Keys: request.Keys.map((key: unknown) => marshal(key)) },
  );
}

function mapTables(name: string, tables: Record<string, any>, map: (of: any) => unknown): object {
  return { [name]: Object.fromEntries(Object.entries(tables).map(([table, of]) => [table, map(of)])) };
}

function mapped(from: Record<string, any>, names: readonly string[], map: (value: any) => unknown): object {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, map(from[name])]));
}

function marshal(row: Record<string, unknown>): Attributes {
  const present = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, toAttribute(value)]));
}

function toAttribute(value: unknown): Attribute {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(toAttribute) };
  if (value instanceof Set) {
    const members = [...value];
    return members.every((member) => typeof member === 'number') ? { NS: members.map(String) } : { SS: members };
  }
  return { M: marshal(value as Record<string, unknown>) };
}

function unmarshal(row: Attributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, attribute]) => [name, fromAttribute(attribute)]));
}

function fromAttribute({ S, N, BOOL, L, M, SS, NS }: Attribute): unknown {
  if (S !== undefined) return S;
  if (N !== undefined) return Number(N);
  if (BOOL !== undefined) return BOOL;
  if (L !== undefined) return L.map(fromAttribute);
  if (M !== undefined) return unmarshal(M);
  if (SS !== undefined) return new Set(SS);
  return NS === undefined ? null : new Set(NS.map(Number));
}
