import { throttlingErrors } from '../../../functions/contract/throttling';
import { OperatorProblem, type ProblemCode } from '../terminal/operator-problem';
import { isConnectionError } from './is-connection-error';

interface Explanation {
  readonly code: ProblemCode;
  /** Error names, as AWS and its SDK spell them. */
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
    sentence: 'A table or queue that the stack names does not exist any more. Deploy the stack again.',
  },
  {
    code: 'throttled',
    names: ['Throttling', ...throttlingErrors],
    sentence: 'AWS is limiting requests at the moment. Try again shortly.',
  },
];

/** Explains in one sentence why AWS refused or did not answer a request; undefined for any other error. */
export function explainAwsError(error: unknown): OperatorProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const problem = (code: ProblemCode, sentence: string) => new OperatorProblem(code, sentence, error);
  const found = explanations.find(({ names }) => names.includes(error.name));
  if (found !== undefined) return problem(found.code, found.sentence);
  if (error.name === 'CredentialsProviderError')
    return problem('not_signed_in', explainMissingCredentials(error.message));
  if (error.message === 'Region is missing') {
    return problem('region_missing', 'No AWS Region is set. Set it with --region, in AWS_REGION or in the profile.');
  }
  if (error.name.startsWith('AccessDenied') || /not authorized to perform/.test(error.message)) {
    return problem(
      'access_denied',
      `These AWS credentials may not ${deniedAction(error.message)}. Use a role that is allowed to.`,
    );
  }
  return isConnectionError(error)
    ? problem('unreachable', 'AWS does not answer. Check the network and the Region, and try again.')
    : undefined;
}

function explainMissingCredentials(message: string): string {
  if (/expired|refresh/i.test(message)) return `The AWS session has expired. ${signIn}`;
  return 'No AWS credentials were found. Sign in (`aws sso login` or `aws configure`), choose a profile with --profile, or add --local for the local run.';
}

/** IAM's message names the action: "… is not authorized to perform: dynamodb:GetItem on resource …". */
function deniedAction(message: string): string {
  const [, action, resource] = /perform: (\S+)(?: on resource: (\S+))?/.exec(message) ?? [];
  if (action === undefined) return 'do this';
  return resource === undefined ? `use ${action}` : `use ${action} on ${resource}`;
}
