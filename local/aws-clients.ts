import './without-sdk-notice';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';

export const localRegion = 'us-east-1';
export const localAccountId = '000000000000';

/**
 * Options that lead an SDK client to a local engine. All of them are needed: otherwise the SDK reads the user's
 * profiles, which may name another endpoint, or asks the network for credentials.
 */
export function clientOptions(endpoint: string) {
  return { endpoint, region: localRegion, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

export function tableClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient(clientOptions(endpoint));
}

export function queueClient(endpoint: string): SQSClient {
  return new SQSClient(clientOptions(endpoint));
}

export function machineClient(endpoint: string): SFNClient {
  return new SFNClient(clientOptions(endpoint));
}
