import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPool,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { dashboardPaths } from '../../functions/contract/dashboard';
import { uniquePartOf } from '../names';
import type { Settings } from '../settings';
import type { Stage } from '../stage';

/** Lifetime of an ID token, and of the refresh token with which the dashboard asks for a new one. */
export const idTokenMinutes = 60;
export const refreshHours = 12;

const temporaryPasswordDays = 7;

export interface SignInProps {
  readonly stage: Stage;
  readonly settings: Pick<Settings, 'oidcIssuer' | 'oidcClientId' | 'oidcScope' | 'oidcOrigins'>;
}

/** What the API and the dashboard need to know about the issuer. */
export interface Issuer {
  /** Exactly as in the `iss` claim of its ID tokens. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/** Authenticates people: by a user pool of this stack, or by the OpenID Connect issuer that the settings name. */
export class SignIn extends Construct {
  /** Undefined if the settings name an issuer. */
  readonly userPool: UserPool | undefined;
  /** Origins to which the dashboard sends requests when somebody signs in. */
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
    const domainPrefix = this.#createDomain(this.userPool, stage);
    const { region, urlSuffix } = Stack.of(this);
    // Texts and no references, because the distribution allows these origins and the pool's invitations name the distribution.
    this.origins = [
      `https://cognito-idp.${region}.${urlSuffix}`,
      `https://${domainPrefix}.auth.${region}.amazoncognito.com`,
    ];
  }

  /** @param origins all origins that the dashboard is served from; people are invited to the first */
  registerDashboard(origins: readonly [string, ...string[]]): Issuer {
    const [address] = origins;
    const { oidcIssuer: issuer, oidcClientId: clientId, oidcScope: scope } = this.#settings;
    if (issuer !== undefined && clientId !== undefined) return { issuer, clientId, scope };
    if (this.userPool === undefined) throw new Error('There is neither a user pool nor an issuer with a client id.');
    this.#inviteTo(this.userPool, address);
    return { issuer: this.userPool.userPoolProviderUrl, clientId: this.#createClient(this.userPool, origins), scope };
  }

  /** Nobody can sign up; people are invited. An account in the pool gives no access without membership in a tenant. */
  #createUserPool(stage: Stage): UserPool {
    const userPool = new UserPool(this, 'UserPool', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      // Members are identified by e-mail, so a changed address takes effect only after its owner has verified it.
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: 12, tempPasswordValidity: Duration.days(temporaryPasswordDays) },
      deletionProtection: stage.keepsData,
      removalPolicy: stage.removalPolicy,
    });
    Validations.of(userPool).acknowledge(
      {
        id: 'AwsSolutions-COG1',
        reason: 'Passwords have at least 12 characters; NIST SP 800-63B advises against requiring kinds of characters.',
      },
      {
        id: 'AwsSolutions-COG2',
        reason: 'MFA is optional: the pool holds people of several companies, and each may set a second factor.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The Plus tier costs a third more per person; a deployment that needs it can use its own issuer.',
      },
    );
    return userPool;
  }

  /** @returns the prefix of the domain, under which the sign-in pages are */
  #createDomain(userPool: UserPool, stage: Stage): string {
    // The prefix must be unique among all accounts in the Region. Part of the stack's id makes it so, and does not
    // reveal the account's id.
    const domainPrefix = `coffield-workflows-${stage.name}-${uniquePartOf(this)}`;
    userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    return domainPrefix;
  }

  /** Cognito's own mail names a user name and a password, and no address to use them at. */
  #inviteTo(userPool: UserPool, origin: string): void {
    const resource = userPool.node.defaultChild;
    if (!CfnUserPool.isCfnUserPool(resource)) throw new Error('UserPool no longer creates a user pool.');
    resource.adminCreateUserConfig = {
      allowAdminCreateUserOnly: true,
      inviteMessageTemplate: {
        emailSubject: 'Your invitation to Coffield Workflows',
        emailMessage: [
          `<p>You have been invited to Coffield Workflows. Sign in at <a href="${origin}">${origin}</a>.</p>`,
          '<p>User name: {username}<br>Temporary password: <code>{####}</code></p>',
          `<p>The password is good for ${temporaryPasswordDays} days. You choose your own when you sign in.</p>`,
        ].join('\n'),
      },
    };
  }

  /** The client has no secret, because a page in a browser cannot keep one. It uses authorization code with PKCE. */
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
      // Listed because Cognito's default flows include refreshing without rotation, which it rejects together with the
      // next setting.
      authFlows: { userSrp: true },
      // A refresh token works once, and for 30 s after that, so that a page whose response was lost can try again.
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
    // Without a style for the client, managed login shows no sign-in page at all.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: userPool.userPoolId,
      clientId: userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return userPoolClientId;
  }
}
