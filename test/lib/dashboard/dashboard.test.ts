import { dashboardCacheControl } from '../../../functions/contract/dashboard';
import { documentCacheControl, documents, documentSecurityPolicy } from '../../../functions/contract/documents';
import { apiPaths } from '../../../functions/contract/stack';
import { lambda, resource, resources, synthesize } from '../synthesize';
import { builtDashboard } from './built-dashboard';

const { template } = synthesize();
const { DistributionConfig: distribution } = resource(template, 'AWS::CloudFront::Distribution').Properties;

const originOf = ({ TargetOriginId }: { TargetOriginId: string }) =>
  distribution.Origins.find(({ Id }: { Id: string }) => Id === TargetOriginId);

const ofDocuments = distribution.CacheBehaviors.slice(0, documents.length);
const ofApi = distribution.CacheBehaviors.slice(documents.length, documents.length + apiPaths.length);
const ofPages = distribution.CacheBehaviors.slice(documents.length + apiPaths.length);
const pathsOf = (behaviors: { PathPattern: string }[]) => behaviors.map(({ PathPattern }) => PathPattern);

describe('the CloudFront distribution', () => {
  test('forwards exactly the paths of the API to the API, except the descriptions, which come first', () => {
    expect(pathsOf(ofDocuments)).toEqual(documents.map(({ path }) => path));
    expect(pathsOf(ofApi)).toEqual(apiPaths);
    for (const behavior of ofApi) {
      expect(JSON.stringify(originOf(behavior).DomainName)).toContain('.execute-api.');
    }
  });

  test('serves the descriptions of the API from the bucket, compressed and from one cached copy of each', () => {
    for (const behavior of ofDocuments) {
      expect(originOf(behavior).S3OriginConfig).toBeDefined();
      expect(behavior.AllowedMethods).toEqual(['GET', 'HEAD']);
      expect(behavior.Compress).toBe(true);
      // .../using-managed-cache-policies.html: CachingOptimized, whose key has neither the query nor other headers
      expect(behavior.CachePolicyId).toBe('658327ea-f89d-4fab-a63d-7e88639e58f6');
      expect(behavior.OriginRequestPolicyId).toBeUndefined();
    }
  });

  test('sends the descriptions of the API with security headers that allow no script but their own', () => {
    const policy = resource(template, 'AWS::CloudFront::ResponseHeadersPolicy', /DocumentHeaders/);
    const { SecurityHeadersConfig: security } = policy.Properties.ResponseHeadersPolicyConfig;

    for (const behavior of ofDocuments) expect(behavior.ResponseHeadersPolicyId).toEqual({ Ref: policy.logicalId });
    expect(security.ContentSecurityPolicy).toEqual({ ContentSecurityPolicy: documentSecurityPolicy, Override: true });
    expect(documentSecurityPolicy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(documentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|\*/);
    expect(security.FrameOptions.FrameOption).toBe('DENY');
    expect(security.ContentTypeOptions.Override).toBe(true);
  });

  test('forwards every method and every header but Host to the API, and caches no response', () => {
    for (const behavior of ofApi) {
      expect(behavior.AllowedMethods.toSorted()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
      // docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html: CachingDisabled
      expect(behavior.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
      // .../using-managed-origin-request-policies.html: AllViewerExceptHostHeader
      expect(behavior.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac');
      // Otherwise CloudFront would weaken each ETag, and If-Match would never match again.
      expect(behavior.Compress).toBe(false);
      // challenge.test.ts judges what is in front of the MCP server.
      if (/^\/(mcp|sse)/.test(behavior.PathPattern)) continue;
      expect(behavior.FunctionAssociations).toBeUndefined();
      expect(behavior.ResponseHeadersPolicyId).toBeUndefined();
    }
  });

  test('refuses plain HTTP for the API instead of redirecting it, and uses TLS to the API', () => {
    for (const behavior of ofApi) {
      expect(behavior.ViewerProtocolPolicy).toBe('https-only');
      expect(originOf(behavior).CustomOriginConfig.OriginProtocolPolicy).toBe('https-only');
    }
    expect(distribution.DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
  });

  test("passes the API's errors on unchanged: there are no custom error responses", () => {
    expect(distribution.CustomErrorResponses).toBeUndefined();
  });

  test('is among the hosts that webhooks may not call', () => {
    for (const name of ['rest-api', 'deliver-webhook'] as const) {
      const { OWN_HOSTS } = lambda(template, name).Properties.Environment.Variables;
      expect(JSON.stringify(OWN_HOSTS)).toContain(resource(template, 'AWS::CloudFront::Distribution').logicalId);
    }
  });
});

describe('the files of the dashboard', () => {
  const bucket = resource(template, 'AWS::S3::Bucket');

  test('can be read through this distribution only, over TLS only', () => {
    const { Statement } = resource(template, 'AWS::S3::BucketPolicy').Properties.PolicyDocument;
    const allowed = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');

    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Principal: { Service: 'cloudfront.amazonaws.com' },
      // With ListBucket, S3 answers 404 instead of 403 for a missing file.
      Action: ['s3:GetObject', 's3:ListBucket'],
      Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
    });
    expect(Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
    expect(originOf(distribution.DefaultCacheBehavior).OriginAccessControlId).toBeDefined();
  });

  test('are sent with security headers that allow no other scripts', () => {
    const policy = resource(template, 'AWS::CloudFront::ResponseHeadersPolicy', /DashboardHeaders/);
    const { SecurityHeadersConfig: security } = policy.Properties.ResponseHeadersPolicyConfig;
    const text = JSON.stringify(security.ContentSecurityPolicy.ContentSecurityPolicy);

    expect(distribution.DefaultCacheBehavior.ResponseHeadersPolicyId).toEqual({ Ref: policy.logicalId });
    expect(text).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(text).not.toContain('unsafe');
    expect(text).toContain("frame-ancestors 'none'");
    expect(text).toContain("base-uri 'none'");
    expect(security.StrictTransportSecurity).toMatchObject({ AccessControlMaxAgeSec: 31_536_000 });
  });

  test('insist on a window of their own, except where an app that opened the window waits for it', () => {
    const policies = resources(template, 'AWS::CloudFront::ResponseHeadersPolicy');
    const opener = ({ ResponseHeadersPolicyId: { Ref: id } }: { ResponseHeadersPolicyId: { Ref: string } }) => {
      const { Items } = policies[id]!.Properties.ResponseHeadersPolicyConfig.CustomHeadersConfig;
      return Items.find(({ Header }: { Header: string }) => Header === 'Cross-Origin-Opener-Policy')?.Value;
    };
    const { ResponseHeadersPolicyId: _own, TargetOriginId, ...page } = distribution.DefaultCacheBehavior;

    expect(pathsOf(ofPages)).toEqual(['/connect', '/signed-in']);
    for (const behavior of ofPages) {
      expect(behavior).toMatchObject({ ...page, TargetOriginId });
      expect(opener(behavior)).toBeUndefined();
    }
    expect(opener(distribution.DefaultCacheBehavior)).toBe('same-origin');
  });

  test('may connect to the sign-in service and nothing else', () => {
    const { SecurityHeadersConfig: security } = resource(
      synthesize({ oidcIssuer: 'https://id.example.com/realms/acme', oidcClientId: 'x', oidcOrigins: 'https://token.example.com' }).template, // prettier-ignore
      'AWS::CloudFront::ResponseHeadersPolicy',
      /DashboardHeaders/,
    ).Properties.ResponseHeadersPolicyConfig;

    expect(security.ContentSecurityPolicy.ContentSecurityPolicy).toContain(
      "connect-src 'self' https://id.example.com https://token.example.com;",
    );
  });
});

describe('without a built dashboard', () => {
  test('the descriptions of the API are deployed nevertheless', () => {
    const deployments = Object.values(
      resources(synthesize({}, undefined, true).template, 'Custom::CDKBucketDeployment'),
    );

    expect(
      deployments.map(({ Properties }) => [Properties.SystemMetadata, Properties.DestinationBucketKeyPrefix]),
    ).toEqual(
      documents.map(({ contentType }) => [{ 'content-type': contentType, 'cache-control': documentCacheControl }, '']),
    );
  });

  test('the distribution serves the descriptions only once they are in the bucket', () => {
    const { template: withFiles } = synthesize({}, undefined, true);
    const { DependsOn: before } = resource(withFiles, 'AWS::CloudFront::Distribution') as any;

    for (const id of Object.keys(resources(withFiles, 'Custom::CDKBucketDeployment'))) expect(before).toContain(id);
  });

  test('the local run has everything but the files, and no custom resource of the CDK', () => {
    expect(resources(template, 'Custom::CDKBucketDeployment')).toEqual({});
    expect(resources(template, 'Custom::S3AutoDeleteObjects')).toEqual({});
  });
});

describe('with a built dashboard', () => {
  const dashboardDirectory = builtDashboard();
  const built = synthesize({}, dashboardDirectory).template;
  const production = synthesize({ stage: 'production' }, dashboardDirectory).template;

  test('browsers cache assets for ever and request the page and its configuration each time', () => {
    const { Properties: assets } = resource(built, 'Custom::CDKBucketDeployment', /Assets/);
    const documents = resource(built, 'Custom::CDKBucketDeployment', /Documents/) as any;

    expect(assets.SystemMetadata).toEqual({ 'cache-control': dashboardCacheControl.assets });
    expect(assets.DestinationBucketKeyPrefix).toBe('assets');
    expect(documents.Properties.SystemMetadata).toEqual({ 'cache-control': dashboardCacheControl.documents });
    // Old assets are kept for pages that are still open, and the page is deployed after the assets it needs.
    expect([assets.Prune, documents.Properties.Prune]).toEqual([false, false]);
    expect(JSON.stringify(documents.DependsOn)).toContain('Assets');
  });

  test('the configuration gets its values at deployment', () => {
    const { SourceMarkers: markers } = resource(built, 'Custom::CDKBucketDeployment', /Documents/).Properties;

    const values = JSON.stringify(markers);
    expect(values).toContain(resource(built, 'AWS::Cognito::UserPool').logicalId);
    expect(values).toContain(resource(built, 'AWS::Cognito::UserPoolClient').logicalId);
  });

  test('the bucket is deleted with the stack, except in production', () => {
    expect(resource(built, 'AWS::S3::Bucket').DeletionPolicy).toBe('Delete');
    expect(Object.keys(resources(built, 'Custom::S3AutoDeleteObjects'))).toHaveLength(1);
    expect(resource(production, 'AWS::S3::Bucket').DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(resources(production, 'Custom::S3AutoDeleteObjects')).toEqual({});
  });
});
