import type { Call } from './record-calls';

/** What a caller must be allowed to do so that a call succeeds. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  /** Partition keys that the call touches: DynamoDB's condition key `dynamodb:LeadingKeys`. */
  readonly leadingKeys: readonly string[];
}

const writes: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/**
 * What a call needs, according to the "Actions, resources, and condition keys" pages of the Service Authorization
 * Reference. A transaction needs the action of each of its parts.
 */
export function needsOf(
  { target, body }: Pick<Call, 'target' | 'body'>,
  arnPrefix: (service: string) => string,
): Need[] {
  const [service = '', operation = ''] = target.split('.');
  if (service === 'CloudFormation')
    return [
      need(
        `cloudformation:${operation}`,
        `${arnPrefix('cloudformation')}stack/${new URLSearchParams(body).get('StackName')}/*`,
      ),
    ];
  const given = JSON.parse(body === '' ? '{}' : body);
  if (service.startsWith('DynamoDB')) return tableNeeds(operation, given, arnPrefix('dynamodb'));
  if (service === 'AmazonSQS') {
    const action = `sqs:${operation.replace(/Batch$/, '')}`;
    return [need(action, `${arnPrefix('sqs')}${String(given.QueueUrl).split('/').at(-1)}`)];
  }
  if (service.startsWith('Logs_'))
    return [need(`logs:${operation}`, `${arnPrefix('logs')}log-group:${given.logGroupName}:*`)];
  if (service === 'AWSStepFunctions') return [need(`states:${operation}`, given.stateMachineArn ?? given.executionArn)];
  throw new Error(`No rule says what ${target} needs`);
}

function tableNeeds(operation: string, given: any, prefix: string): Need[] {
  const table = (name: string) => `${prefix}table/${name}`;
  const own = table(given.TableName);
  switch (operation) {
    case 'TransactWriteItems':
      return given.TransactItems.flatMap((part: any) =>
        Object.entries<any>(part).map(([kind, one]) =>
          need(`dynamodb:${writes[kind]}`, table(one.TableName), [(one.Key ?? one.Item).pk.S]),
        ),
      );
    case 'BatchGetItem':
      return Object.entries<any>(given.RequestItems).map(([name, { Keys }]) =>
        need('dynamodb:BatchGetItem', table(name), [...new Set<string>(Keys.map(({ pk }: any) => pk.S))]),
      );
    case 'Query':
      return [need('dynamodb:Query', given.IndexName ? `${own}/index/${given.IndexName}` : own, [queriedKey(given)])];
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [need(`dynamodb:${operation}`, own, [(given.Key ?? given.Item).pk.S])];
    default:
      throw new Error(`No rule says what DynamoDB's ${operation} needs`);
  }
}

/** The value of the partition key in a key condition, whose first comparison is the one with `=`. */
function queriedKey({ KeyConditionExpression: condition, ExpressionAttributeValues: values }: any): string {
  const [, placeholder = ''] = /=\s*(:\w+)/.exec(condition) ?? [];
  return values[placeholder].S;
}

function need(action: string, resource: string, leadingKeys: readonly string[] = []): Need {
  return { action, resource, leadingKeys };
}
