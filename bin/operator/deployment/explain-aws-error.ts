import { OperatorProblem, type ProblemCode } from '../terminal/operator-problem';
import { isConnectionError } from './is-connection-error';

interface Explanation {
  readonly code: ProblemCode;
  /** Names of errors, as AWS and its SDK spell them. */
  readonly names: readonly string[];
  readonly sentence: string;
}

const signIn = 'Sign in again (`aws sso login`), or choose a profile with --profile.';

const explanations: readonly Explanation[] = [
  {
    code: 'not_signed_in',
    names: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenProviderError', 'SSOTokenProviderFailure'],
    sentence: `The AWS session has expired. ${signIn}`,
  },
  {
    code: 'not_signed_in',
    names: [
      'AuthFailure',
      'IncompleteSignature',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'UnrecognizedClientException',
    ],
    sentence: `AWS does not accept these credentials. ${signIn}`,
  },
  {
    code: 'place_not_found',
    names: ['ResourceNotFoundException', 'QueueDoesNotExist'],
    sentence: 'The stack names a table or queue that is gone. Deploy the stack again.',
  },
  {
    code: 'throttled',
    names: ['ThrottlingException', 'Throttling', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'],
    sentence: 'AWS is limiting requests at the moment. Try again shortly.',
  },
];

/** One sentence for what AWS refuses before any rule of the product comes in; undefined for anything else. */
export function explainAwsError(error: unknown): OperatorProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const problem = (code: ProblemCode, sentence: string) => new OperatorProblem(code, sentence, error);
  const found = explanations.find(({ names }) => names.includes(error.name));
  if (found !== undefined) return problem(found.code, found.sentence);
  if (error.name === 'CredentialsProviderError') return problem('not_signed_in', withoutCredentials(error.message));
  if (error.message === 'Region is missing') {
    return problem('region_missing', 'No AWS Region is set. Name it with --region or AWS_REGION, or in the profile.');
  }
  if (error.name.startsWith('AccessDenied') || /not authorized to perform/.test(error.message)) {
    return problem(
      'access_denied',
      `These AWS credentials may not ${deniedAction(error.message)}. Use a role that may.`,
    );
  }
  return isConnectionError(error)
    ? problem('unreachable', 'AWS does not answer. Check the network and the Region, and try again.')
    : undefined;
}

function withoutCredentials(message: string): string {
  if (/expired|refresh/i.test(message)) return `The AWS session has expired. ${signIn}`;
  return 'There are no AWS credentials here. Sign in (`aws sso login` or `aws configure`), choose a profile with --profile, or add --local for the local run.';
}

/** IAM's own words name the action: "… is not authorized to perform: dynamodb:GetItem on resource …". */
function deniedAction(message: string): string {
  const [, action, resource] = /perform: (\S+)(?: on resource: (\S+))?/.exec(message) ?? [];
  if (action === undefined) return 'do this';
  return resource === undefined ? `use ${action}` : `use ${action} on ${resource}`;
}
