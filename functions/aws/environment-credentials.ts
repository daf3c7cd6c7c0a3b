import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

type Credentials = Exclude<DynamoDBClientConfig['credentials'], undefined>;

/**
 * Replaces the SDK's chain of credential providers in the bundles. Lambda provides a function's credentials only in its
 * environment, so the providers for profiles, sign-in and instance metadata, with the clients they need, are 140 KB
 * that no function ever runs.
 * docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function defaultProvider(): Credentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return () => {
    if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined)
      return Promise.reject(new Error('The environment holds no AWS credentials'));
    return Promise.resolve({
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
    });
  };
}
