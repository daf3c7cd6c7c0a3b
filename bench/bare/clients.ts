import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// Every baseline uses the SDK's clients as the SDK's documentation creates them.

export const openTable = (): DynamoDBDocumentClient => DynamoDBDocumentClient.from(new DynamoDBClient({}));
export const openMachine = (): SFNClient => new SFNClient({});
export const openQueue = (): SQSClient => new SQSClient({ useQueueUrlAsEndpoint: false });
