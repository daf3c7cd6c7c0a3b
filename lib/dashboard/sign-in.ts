import { Duration, Fn, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { dashboardPaths } from '../../functions/contract/dashboard';
import type { Settings } from '../settings';
import type { Stage } from '../stage';

/** How long an ID token is good for, and for how long the dashboard may ask for a new one. */
export const idTokenMinutes = 60;
export const refreshHours = 12;

export interface SignInProps {
  readonly stage: Stage;
  readonly settings: Pick<Settings, 'oidcIssuer' | 'oidcClientId' | 'oidcScope' | 'oidcOrigins'>;
}

/** What the API and the dashboard must know of the issuer. */
export interface Issuer {
  /** Exactly as in the `iss` of its ID tokens. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/** Who vouches for people: a user pool of this stack, or the issuer that the settings name. */
export class SignIn extends Construct {
  /** Undefined with an issuer of one's own. */
  readonly userPool: UserPool | undefined;
  /** Where the dashboard's page sends requests when somebody signs in. */
  readonly origins: readonly string[];

  readonly #settings: SignInProps['settings'];

  constructor(scope: Construct, id: string, { stage, settings }: SignInProps) {
    super(scope, id);
    this.#settings = settings;
    if (settings.oidcIssuer !== undefined) {
      this.origins = [new URL(settings.oidcIssuer).origin, ...settings.oidcOrigins];
      return;
    }
    this.userPool = this.#createUserPool(stage);
    const domain = this.#createDomain(this.userPool, stage);
    const { region, urlSuffix } = Stack.of(this);
    this.origins = [`https://cognito-idp.${region}.${urlSuffix}`, domain.baseUrl()];
  }

  /** @param origins all that the dashboard is served from */
  admitDashboard(origins: readonly string[]): Issuer {
    const { oidcIssuer: issuer, oidcClientId: clientId, oidcScope: scope } = this.#settings;
    if (issuer !== undefined && clientId !== undefined) return { issuer, clientId, scope };
    if (this.userPool === undefined) throw new Error('Neither a user pool nor an issuer');
    return { issuer: this.userPool.userPoolProviderUrl, clientId: this.#createClient(this.userPool, origins), scope };
  }

  /** People are invited, never come by themselves; being in the pool lets nobody in who is not a member of a tenant. */
  #createUserPool(stage: Stage): UserPool {
    const userPool = new UserPool(this, 'UserPool', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      // Members are found by e-mail: a changed one counts once its owner has shown to have it.
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: 12, tempPasswordValidity: Duration.days(7) },
      deletionProtection: stage.production,
      removalPolicy: stage.removalPolicy,
    });
    Validations.of(userPool).acknowledge(
      { id: 'AwsSolutions-COG1', reason: 'Twelve characters of any kind: NIST SP 800-63B advises against kinds.' },
      { id: 'AwsSolutions-COG2', reason: 'Each person may set a second factor; the pool holds several companies.' },
      { id: 'AwsSolutions-COG8', reason: 'The Plus tier is a third dearer per person; who needs it brings an issuer.' },
    );
    return userPool;
  }

  #createDomain(userPool: UserPool, stage: Stage): UserPoolDomain {
    // Unique in the Region, over all accounts: the stack's own id sees to that, without telling the account's.
    const unique = Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Stack.of(this).stackId))));
    return userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `coffield-workflows-${stage.name}-${unique}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
  }

  /** A page has no place for a secret: code with PKCE. */
  #createClient(userPool: UserPool, origins: readonly string[]): string {
    const { userPoolClientId } = userPool.addClient('Dashboard', {
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: this.#settings.oidcScope.split(' ').map((scope) => OAuthScope.custom(scope)),
        callbackUrls: origins.map((origin) => origin + dashboardPaths.signedIn),
        logoutUrls: origins.map((origin) => origin + dashboardPaths.signedOut),
      },
      preventUserExistenceErrors: true,
      idTokenValidity: Duration.minutes(idTokenMinutes),
      accessTokenValidity: Duration.minutes(idTokenMinutes),
      refreshTokenValidity: Duration.hours(refreshHours),
      // Named because what Cognito takes unnamed includes refreshing without rotation, which it refuses beside the next line.
      authFlows: { userSrp: true },
      // A refresh token works once, and a little longer for the answer that got lost.
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
    // Managed login shows no page for a client without a style.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: userPool.userPoolId,
      clientId: userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return userPoolClientId;
  }
}
