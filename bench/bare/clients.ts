import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// What every baseline has: the SDK's clients as its documentation makes them, and nothing else.

export const openTable = (): DynamoDBDocumentClient => DynamoDBDocumentClient.from(new DynamoDBClient({}));
export const openMachine = (): SFNClient => new SFNClient({});
export const openQueue = (): SQSClient => new SQSClient({ useQueueUrlAsEndpoint: false });
