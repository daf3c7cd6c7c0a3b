import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStack } from '../../e2e/stack';
import { hasPython } from '../installed';
import { judgedTenant, type JudgedTenant } from '../judged-tenant';
import { knownErrors, knownFindings } from './known-findings';
import { readReport, type Finding, type Report } from './read-report';
import { runSchemathesis } from './run-schemathesis';

const describeIfInstalled = hasPython ? describe : describe.skip;

describeIfInstalled('Schemathesis, which makes requests from openapi.json', () => {
  // One seed unless another is asked for, so that CI refuses nobody's change for an old fault that chance found today.
  const seed = Number(process.env['JUDGE_SEED'] ?? 1);
  let folder: string;
  let tenant: JudgedTenant;
  let report: Report;
  let printed: string;
  let document: any;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'schemathesis-'));
    tenant = await judgedTenant(await openStack(), 'schemathesis');
    await haveData(tenant);
    ({ body: document } = await tenant.stack.call('GET', '/api/v1/openapi.json'));
    const { output } = await runSchemathesis(tenant, seed, join(folder, 'report.ndjson'));
    printed = output.slice(-4_000);
    report = await readReport(join(folder, 'report.ndjson'));
    process.stderr.write(`Schemathesis, repeated with JUDGE_SEED=${seed}: ${JSON.stringify(report.casesOfPhase)}\n`);
  }, 700_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await tenant.stack.stop();
  });

  test('judged every operation in every phase', async () => {
    const described = Object.entries<any>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );

    // A report that is not complete is one of a run that took longer than it may.
    const errors = report.errors.filter((error) => !isKnownError(error));
    expect({ errors, printed: report.complete ? '' : printed }).toEqual({ errors: [], printed: '' });
    // It does not call the address from which it took the description.
    expect(described.filter((operation) => !report.operations.has(operation))).toEqual(['GET /api/v1/openapi.json']);
    expect(report.rateLimited).toBe(0);
    for (const phase of ['coverage', 'fuzzing', 'stateful']) expect(report.casesOfPhase[phase]).toBeGreaterThan(100);
    for (const check of checks) expect([check, (report.passedOfCheck[check] ?? 0) > 100]).toEqual([check, true]);
  });

  test('found nothing that is not known', () => {
    const isKnown = ({ check, operation, answer }: Finding) =>
      knownFindings.some(
        (known) => known.check === check && known.answer === answer && known.operations.includes(operation),
      );

    // The description requires no header. Where only a sign-in opens a call, Schemathesis takes `Authorization` for one and
    // leaves it out, but this run adds it to each request again; `ignored_auth` judges calls without it.
    const isAboutAuthorization = ({ check }: Finding) => check === 'missing_required_header';

    expect([
      ...byKind(report.findings.filter((finding) => !isKnown(finding) && !isAboutAuthorization(finding))).values(),
    ]).toEqual([]);
  });

  test.each(knownFindings)('$answer of $check is still there', async ({ check, answer, operations, stillSo }) => {
    const { stack, id, idToken } = tenant;
    const call = (method: string, path: string, body?: object) =>
      stack.call(method, path, { token: idToken, headers: { 'x-tenant-id': id }, ...(body && { body }) });
    const found = report.findings.some(
      (finding) => finding.check === check && finding.answer === answer && operations.includes(finding.operation),
    );

    expect(found || (await stillSo?.({ call }))).toBe(true);
  });
});

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'positive_data_acceptance',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
  'use_after_free',
  'ensure_resource_availability',
  'ignored_auth',
];

function isKnownError({ label, phase, value }: any): boolean {
  const { message, operations } = knownErrors;
  return phase === 'fuzzing' && value?.message === message && operations.includes(label);
}

/** One example of each kind, which is enough to read. */
function byKind(findings: readonly Finding[]): Map<string, Finding> {
  return new Map(findings.map((one) => [`${one.check} ${one.operation} ${one.answer}`, one]));
}

/** Makes one of each thing, so that the calls that read one have something to find. */
async function haveData({ stack, token }: JudgedTenant): Promise<void> {
  const recipe = { steps: [{ type: 'fire_webhook_event', event: 'judged.once', payload: { n: 1 } }] };
  const post = async (path: string, body: object) => {
    const answer = await stack.call('POST', `/api/v1${path}`, { token, body });
    if (answer.status > 202) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await post('/webhook-endpoints', { url: stack.connection.inbox_endpoint_url, events: ['judged.once'] });
  const { id } = await post('/workflows', { name: 'Judged', recipe });
  for (let runs = 0; runs < 3; runs += 1) await post(`/workflows/${id}/runs`, {});
}
