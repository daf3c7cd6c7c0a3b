import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../../../functions/contract/table';
import { aValue, named, parents, partitions, shards, sortKeys, times } from './attributes';
import type { Chooser } from './chooser';
import { placeholders, type Placeholders } from './placeholders';

type Query = Omit<QueryCommandInput, 'TableName'>;

/** A query of a partition of the table or of an index, as the product sends them. */
export function aQuery(choose: Chooser): Query {
  const use = placeholders(choose);
  const query = choose.chance(0.6) ? ofTable(choose, use) : ofIndex(choose, use);
  return { ...query, ...direction(choose), ...use.options() };
}

function ofTable(choose: Chooser, use: Placeholders): Query {
  const pk = choose.one(partitions);
  const { path, value } = use;
  const isCounted = choose.chance(0.1);
  return {
    ConsistentRead: true,
    KeyConditionExpression: `${path('pk')} = ${value(pk)}${choose.chance(0.2) ? '' : ` AND ${sortKeyRange(choose, use)}`}`,
    ...(choose.chance(0.2) && { FilterExpression: filter(choose, use) }),
    ...(choose.chance(0.5) && { Limit: 1 + choose.below(5) }),
    ...(choose.chance(0.2) && {
      ExclusiveStartKey: { pk: choose.chance(0.9) ? pk : 'T#other', sk: choose.one(starts) },
    }),
    ...(isCounted ? { Select: 'COUNT' } : choose.chance(0.3) && { ProjectionExpression: aProjection(choose, use) }),
  };
}

const starts = [...sortKeys, 'A#1~', 'A', 'Z'];

function ofIndex(choose: Chooser, { path, value }: Placeholders): Query {
  const { openIndex, parentIndex } = tableShape;
  const isConsistent = choose.chance(0.02) && { ConsistentRead: true };
  const limit = choose.chance(0.4) && { Limit: 1 + choose.below(4) };
  if (choose.chance(0.5))
    return {
      ...isConsistent,
      ...limit,
      IndexName: openIndex.name,
      KeyConditionExpression: `${path('open_shard')} = ${value(choose.one(shards))} AND ${path('due_at')} <= ${value(choose.one(times))}`,
    };
  const range = choose.chance(0.5)
    ? ` AND sk BETWEEN ${value(choose.one(sortKeys))} AND ${value(choose.one(['B~', 'Z']))}`
    : '';
  return {
    ...isConsistent,
    ...limit,
    IndexName: parentIndex.name,
    KeyConditionExpression: `${path('parent')} = ${value(choose.one(parents))}${range}`,
  };
}

function direction({ chance }: Chooser): Query {
  return chance(0.5) ? { ScanIndexForward: chance(0.5) } : {};
}

function sortKeyRange({ one, below }: Chooser, { path, value }: Placeholders): string {
  const sk = path('sk');
  switch (below(4)) {
    case 0:
      return `begins_with(${sk}, ${value(one(['A', 'A#1', 'B#', 'D']))})`;
    // The bounds are in the wrong order now and then, which is refused.
    case 1:
      return `${sk} BETWEEN ${value(one(sortKeys))} AND ${value(one(['A#~', 'B#1', 'Z']))}`;
    default:
      return `${sk} ${one(['>', '<=', '>', '<=', '=', '<', '>='])} ${value(one(starts))}`;
  }
}

function filter(choose: Chooser, { path, value }: Placeholders): string {
  const test = () => {
    const type = choose.one(['S', 'N'] as const);
    return `${path(choose.one(named[type]))} = ${value(aValue(choose, type))}`;
  };
  return choose.chance(0.5) ? test() : `${test()} AND ${test()}`;
}

/** Attributes of which one is there twice now and then, which is refused. */
export function aProjection({ one, list, below, chance }: Chooser, { path }: Placeholders): string {
  const attributes = list(1 + below(4), () => one(['sk', 'pk', ...Object.values(named).flat()]));
  return (chance(0.1) ? attributes : [...new Set(attributes)]).map((name) => path(name)).join(', ');
}
