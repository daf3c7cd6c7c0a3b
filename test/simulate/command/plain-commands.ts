/**
 * What the bundle has instead of `@aws-sdk/lib-dynamodb`. A command of the SDK makes a stack of middleware, which the table
 * in memory never looks at; that was a twentieth of the time of a schedule. The table reads a command's name and input.
 */
class PlainCommand {
  constructor(readonly input: object) {}
}

/** The name is given as a text, because a bundle may change that of a class. */
function commandNamed(name: string): typeof PlainCommand {
  return Object.defineProperty(class extends PlainCommand {}, 'name', { value: name });
}

export const GetCommand = commandNamed('GetCommand');
export const BatchGetCommand = commandNamed('BatchGetCommand');
export const QueryCommand = commandNamed('QueryCommand');
export const ScanCommand = commandNamed('ScanCommand');
export const PutCommand = commandNamed('PutCommand');
export const UpdateCommand = commandNamed('UpdateCommand');
export const DeleteCommand = commandNamed('DeleteCommand');
export const BatchWriteCommand = commandNamed('BatchWriteCommand');

/** Reaches a table over the network, which no schedule does. */
export const DynamoDBDocumentClient = {
  from: (): never => {
    throw new Error('A schedule has no table but the one in memory');
  },
};
