import { everyOption } from '../options';
import { lambda, resource, resources, synthesize } from '../synthesize';

describe('the user pool of the stack', () => {
  const { template } = synthesize();
  const production = synthesize({ stage: 'production' }).template;
  const { Properties: pool } = resource(template, 'AWS::Cognito::UserPool');
  const { logicalId: clientId, Properties: client } = resource(template, 'AWS::Cognito::UserPoolClient');

  test('has invited users only, with a verified e-mail address', () => {
    expect(pool).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      UserPoolTier: 'ESSENTIALS',
    });
  });

  test('invites people to the address of the dashboard, with the user name and password that Cognito fills in', () => {
    const { EmailSubject, EmailMessage } = pool.AdminCreateUserConfig.InviteMessageTemplate;
    const [text, ...parts] = EmailMessage['Fn::Join'][1];

    expect(EmailSubject).toContain('invitation');
    expect(text).toMatch(/Sign in at <a href="https:\/\/$/);
    expect(parts[0]).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^DashboardDistribution/), 'DomainName'] });
    expect(parts.at(-1)).toMatch(/\{username\}[^]*\{####\}[^]*7 days/);
    const own = synthesize({ ...everyOption }).template;
    expect(JSON.stringify(resource(own, 'AWS::Cognito::UserPool').Properties.AdminCreateUserConfig)).toContain(
      'https://workflows.example.com',
    );
  });

  test('is retained after the stack in production, and deleted on other stages', () => {
    expect(resource(production, 'AWS::Cognito::UserPool')).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { DeletionProtection: 'ACTIVE' },
    });
    expect(resource(template, 'AWS::Cognito::UserPool')).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtection: 'INACTIVE' },
    });
  });

  test('keeps its logical id, because a new one would create a new pool', () => {
    expect(resource(template, 'AWS::Cognito::UserPool').logicalId).toBe('SignInUserPoolA2C003D1');
  });

  test('has the dashboard as a public client with the authorization code flow only', () => {
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      PreventUserExistenceErrors: 'ENABLED',
      RefreshTokenRotation: { Feature: 'ENABLED' },
      // Cognito refuses refresh token rotation together with ALLOW_REFRESH_TOKEN_AUTH.
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
    });
  });

  test('redirects back to the dashboard, at its own address and at those of the context', () => {
    const more = synthesize({ dashboardOrigins: 'https://workflows.example.com' }).template;
    const { CallbackURLs, LogoutURLs } = resource(more, 'AWS::Cognito::UserPoolClient').Properties;

    expect(JSON.stringify(CallbackURLs[0])).toMatch(/Distribution.*DomainName.*\/signed-in/);
    expect(CallbackURLs[1]).toBe('https://workflows.example.com/signed-in');
    expect(LogoutURLs[1]).toBe('https://workflows.example.com/');
  });

  test('has managed login pages with branding', () => {
    expect(resource(template, 'AWS::Cognito::UserPoolDomain').Properties.ManagedLoginVersion).toBe(2);
    expect(resource(template, 'AWS::Cognito::ManagedLoginBranding').Properties).toMatchObject({
      ClientId: { Ref: clientId },
      UseCognitoProvidedValues: true,
    });
  });

  test('is the issuer that the API trusts', () => {
    expect(lambda(template, 'rest-api').Properties.Environment.Variables).toMatchObject({
      OIDC_ISSUER: { 'Fn::GetAtt': [resource(template, 'AWS::Cognito::UserPool').logicalId, 'ProviderURL'] },
      OIDC_AUDIENCE: { Ref: clientId },
    });
  });
});

describe('another issuer', () => {
  const { template } = synthesize({ oidcIssuer: 'https://id.example.com/', oidcClientId: 'dashboard', oidcScope: 'openid email offline_access' }); // prettier-ignore

  test('replaces the user pool, with exactly the name in its tokens', () => {
    expect(lambda(template, 'rest-api').Properties.Environment.Variables).toMatchObject({
      OIDC_ISSUER: 'https://id.example.com/',
      OIDC_AUDIENCE: 'dashboard',
    });
    for (const type of ['UserPool', 'UserPoolClient', 'UserPoolDomain', 'ManagedLoginBranding']) {
      expect(resources(template, `AWS::Cognito::${type}`)).toEqual({});
    }
  });

  test('is in the outputs', () => {
    const { SignInIssuer, SignInClientId } = template.findOutputs('*');

    expect([SignInIssuer!.Value, SignInClientId!.Value]).toEqual(['https://id.example.com/', 'dashboard']);
  });
});
