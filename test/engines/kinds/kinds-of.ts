import { clausesOf, comparisonsOf } from './expressions';

type Input = Readonly<Record<string, any>>;

/** What every request of its operation has. */
const always = ['TableName', 'Key', 'Item', 'RequestItems', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];

/**
 * The kinds of what a request asks of the engine: its operation, its options, and the parts of its expressions without
 * names and values. `SET #used = if_not_exists(#used, :zero) + :one` is `set a = if_not_exists(a, :N) + :N`.
 *
 * @param input as the SDK sends it, with values that name their types
 */
export function kindsOf(command: string, input: Input): string[] {
  const operation = command.replace(/(Item)?Command$/, '');
  const parts = operation.startsWith('BatchGet') ? Object.values<Input>(input['RequestItems'] ?? {}) : [input];
  return [operation, ...parts.flatMap((part) => [...kindsOfPart(operation, part), ...tooLong(part)])];
}

/** docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html; dynalite accepts more. */
const longestExpression = 4096;

function tooLong(input: Input): string[] {
  return Object.entries(input).flatMap(([option, value]) =>
    option.endsWith('Expression') && typeof value === 'string' && Buffer.byteLength(value) > longestExpression
      ? [`${option} above 4 KB`]
      : [],
  );
}

function kindsOfPart(operation: string, input: Input): string[] {
  const values = input['ExpressionAttributeValues'] ?? {};
  return Object.entries(input).flatMap(([option, value]) => {
    if (always.includes(option) || value === undefined) return [];
    switch (option) {
      case 'ConditionExpression':
        return comparisonsOf(value, values).map((kind) => `if ${kind}`);
      case 'KeyConditionExpression':
        return comparisonsOf(value, values).map((kind) => `key ${kind}`);
      case 'FilterExpression':
        return comparisonsOf(value, values).map((kind) => `filter ${kind}`);
      case 'UpdateExpression':
        return clausesOf(value, values);
      case 'Keys':
        return [];
      default:
        return [
          `${operation} ${option}${/^(string|boolean)$/.test(typeof value) && !/Projection/.test(option) ? `=${value}` : ''}`,
        ];
    }
  });
}
