import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Settings } from './settings';

export interface OriginSecretsProps {
  readonly settings: Pick<Settings, 'originSecret'>;
}

/**
 * Secrets by which the functions recognise requests that came through the distribution. Nobody types or sees them:
 * Secrets Manager generates each, and the template contains references that CloudFormation resolves when it deploys.
 *
 * The distribution sends the one of the current generation, and the functions accept its neighbours too. A deployment
 * with the next generation can therefore change the distribution and the functions in any order, and be rolled back,
 * while none of them refuses what the other sends. During a canary the old and the new versions of the functions serve
 * side by side, and each accepts both the earlier and the next secret. Each secret costs 0.40 US$ a month
 * (aws.amazon.com/secrets-manager/pricing).
 */
export class OriginSecrets extends Construct {
  /** For the distribution. */
  readonly sent: string;
  /** For the functions, separated by commas. */
  readonly accepted: string;

  constructor(scope: Construct, id: string, { settings }: OriginSecretsProps) {
    super(scope, id);
    const current = settings.originSecret;
    this.sent = this.#create(current);
    const neighbours = [current - 1, current + 1].filter((generation) => generation > 0);
    this.accepted = [this.sent, ...neighbours.map((generation) => this.#create(generation))].join(',');
  }

  #create(generation: number): string {
    const secret = new Secret(this, `Secret${generation}`, {
      description: `Sent by the distribution to the API, generation ${generation}`,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'A deployment with the next originSecret replaces it: the distribution does not follow a rotation.',
    });
    // The value is needed in a header and in a variable of a function. The template has only the reference.
    return secret.secretValue.unsafeUnwrap();
  }
}
