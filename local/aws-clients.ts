import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';

export const localRegion = 'us-east-1';
export const localAccountId = '000000000000';

// The SDK's own switch for its notice about Node versions to come; nothing here is for the user to act on.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Without all of these the SDK reads the user's profiles, which may name an endpoint or send it to the network. */
export function reaching(endpoint: string) {
  return { endpoint, region: localRegion, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

export function tableClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient(reaching(endpoint));
}

export function queueClient(endpoint: string): SQSClient {
  return new SQSClient(reaching(endpoint));
}

export function machineClient(endpoint: string): SFNClient {
  return new SFNClient(reaching(endpoint));
}
