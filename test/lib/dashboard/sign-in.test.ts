import { lambda, resource, resources, synthesize } from '../synthesize';

describe('the user pool of the stack', () => {
  const { template } = synthesize();
  const production = synthesize({ stage: 'production' }).template;
  const { Properties: pool } = resource(template, 'AWS::Cognito::UserPool');
  const { logicalId: clientId, Properties: client } = resource(template, 'AWS::Cognito::UserPoolClient');

  test('holds who was invited, under an e-mail that must be shown to be theirs', () => {
    expect(pool).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      UserPoolTier: 'ESSENTIALS',
    });
  });

  test('is not lost with the stack in production, and goes with any other stage', () => {
    expect(resource(production, 'AWS::Cognito::UserPool')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { DeletionProtection: 'ACTIVE' },
    });
    expect(resource(template, 'AWS::Cognito::UserPool')).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtection: 'INACTIVE' },
    });
  });

  test('keeps its logical id, since another would be another pool', () => {
    expect(resource(template, 'AWS::Cognito::UserPool').logicalId).toBe('SignInUserPoolA2C003D1');
  });

  test('knows the dashboard as a client without a secret, by code only', () => {
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      PreventUserExistenceErrors: 'ENABLED',
      RefreshTokenRotation: { Feature: 'ENABLED' },
      // Cognito refuses rotation beside the flow that knows none.
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
    });
  });

  test('leads back to the dashboard, under its own address and others by context', () => {
    const more = synthesize({ dashboardOrigins: 'https://workflows.example.com' }).template;
    const { CallbackURLs, LogoutURLs } = resource(more, 'AWS::Cognito::UserPoolClient').Properties;

    expect(JSON.stringify(CallbackURLs[0])).toMatch(/Distribution.*DomainName.*\/signed-in/);
    expect(CallbackURLs[1]).toBe('https://workflows.example.com/signed-in');
    expect(LogoutURLs[1]).toBe('https://workflows.example.com/');
  });

  test('has managed login pages, styled', () => {
    expect(resource(template, 'AWS::Cognito::UserPoolDomain').Properties.ManagedLoginVersion).toBe(2);
    expect(resource(template, 'AWS::Cognito::ManagedLoginBranding').Properties).toMatchObject({
      ClientId: { Ref: clientId },
      UseCognitoProvidedValues: true,
    });
  });

  test('is what the API believes', () => {
    expect(lambda(template, 'rest-api').Properties.Environment.Variables).toMatchObject({
      OIDC_ISSUER: { 'Fn::GetAtt': [resource(template, 'AWS::Cognito::UserPool').logicalId, 'ProviderURL'] },
      OIDC_AUDIENCE: { Ref: clientId },
    });
  });
});

describe('an issuer of our own', () => {
  const { template } = synthesize({ oidcIssuer: 'https://id.example.com/', oidcClientId: 'dashboard', oidcScope: 'openid email offline_access' }); // prettier-ignore

  test('takes the place of the user pool, exactly as its tokens name it', () => {
    expect(lambda(template, 'rest-api').Properties.Environment.Variables).toMatchObject({
      OIDC_ISSUER: 'https://id.example.com/',
      OIDC_AUDIENCE: 'dashboard',
    });
    for (const type of ['UserPool', 'UserPoolClient', 'UserPoolDomain', 'ManagedLoginBranding']) {
      expect(resources(template, `AWS::Cognito::${type}`)).toEqual({});
    }
  });

  test('is said by the outputs', () => {
    const { SignInIssuer, SignInClientId } = template.findOutputs('*');

    expect([SignInIssuer!.Value, SignInClientId!.Value]).toEqual(['https://id.example.com/', 'dashboard']);
  });
});
