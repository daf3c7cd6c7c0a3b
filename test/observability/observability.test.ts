import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { maxLogLineBytes, metricNamespace } from '../../functions/contract/metrics';
import { errorCodes } from '../../functions/domain/errors';
import type { AuditEvent } from '../../functions/domain/tenant/audit';
import { logAuditMissing } from '../../functions/edge/log/audit-missing';
import { openLog } from '../../functions/edge/log/log';
import { logRefusal } from '../../functions/edge/log/refusal';
import { anchorsOf, read } from '../docs/markdown';
import { lambda, resource, resources, synthesize } from '../lib/synthesize';
import { noon } from '../support/builders';
import { logOfALocalRun, traceId, type Line } from './local-run';
import { functionNames } from '../../functions/contract/functions';
import { runQuery } from './logs-insights';

const stage = 'dev';
const { template } = synthesize();
const runbook = read('docs/operate.md');

let short: Awaited<ReturnType<typeof logOfALocalRun>>;
let long: Awaited<ReturnType<typeof logOfALocalRun>>;
beforeAll(async () => {
  short = await logOfALocalRun({ stage, tenantId: 'acme', event: 'campaign.kickoff' });
  long = await logOfALocalRun({ stage: 's'.repeat(20), tenantId: 't'.repeat(63), event: 'e'.repeat(128) });
});

const linesOf = (lines: readonly Line[], event: string) => lines.filter((line) => line['event'] === event);

describe('log lines', () => {
  it('are one JSON object of at most 400 bytes each, even with the longest names, and contain no secret', () => {
    for (const { raw, hidden } of [short, long]) {
      for (const line of raw) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(maxLogLineBytes);
      for (const secret of hidden) expect(raw.join('\n')).not.toContain(secret);
    }
  });

  it.each([
    ['run_accepted', ['tenant', 'run', 'workflow', 'request_id', 'ms', 'ip', 'trace']],
    ['step_performed', ['tenant', 'run', 'workflow', 'request_id', 'ms', 'step', 'type', 'status']],
    ['run_ended', ['tenant', 'run', 'workflow', 'request_id', 'RunMs', 'status']],
    ['request_refused', ['request_id', 'ms', 'code', 'operation', 'ip', 'trace']],
    [
      'delivery_attempted',
      ['tenant', 'run', 'workflow', 'request_id', 'ms', 'delivery', 'code', 'endpoint', 'attempt'],
    ],
    ['run_restarted', ['tenant', 'run', 'workflow', 'request_id', 'ms', 'restarts']],
    ['run_given_up', ['tenant', 'run', 'workflow', 'request_id', 'ms', 'code']],
    ['audit_missing', ['tenant', 'action', 'audit', 'request_id', 'target', 'by', 'error']],
  ])('%s has all fields that queries need, even with the longest names', (event, fields) => {
    for (const { lines } of [short, long]) {
      expect(linesOf(lines, event)).not.toHaveLength(0);
      for (const line of linesOf(lines, event)) expect(Object.keys(line)).toEqual(expect.arrayContaining(fields));
    }
  });

  it('of one call have the same request id and trace, from the request to the webhook', () => {
    const { uid } = short.runs.succeeding;
    const accepted = linesOf(short.lines, 'run_accepted')[0]!;
    const ofRun = short.lines.filter(({ run }) => run === uid);

    expect(accepted).toMatchObject({ run: uid, trace: traceId });
    expect(new Set(ofRun.map(({ request_id }) => request_id))).toEqual(new Set([accepted['request_id']]));
    expect(ofRun.filter(({ event }) => event === 'delivery_attempted').map(({ trace }) => trace)).toEqual(
      Array(3).fill(traceId),
    );
  });

  it('report each run once as accepted and once as ended, with its status', () => {
    const ends = Object.fromEntries(linesOf(short.lines, 'run_ended').map((line) => [line['run'], line]));
    const how = (name: keyof typeof short.runs) => [
      ends[short.runs[name].uid]!['status'],
      ends[short.runs[name].uid]!['code'],
    ];

    expect(linesOf(short.lines, 'run_accepted')).toHaveLength(6);
    expect(linesOf(short.lines, 'run_ended')).toHaveLength(6);
    expect(how('succeeding')).toEqual(['succeeded', undefined]);
    expect(how('failing')).toEqual(['failed', 'step_type_not_allowed']);
    expect(how('cancelled')).toEqual(['cancelled', undefined]);
    expect(how('late')).toEqual(['succeeded', undefined]);
    expect(how('interrupted')).toEqual(['failed', 'run_interrupted']);
    expect(how('timedOut')).toEqual(['failed', 'run_timed_out']);
    expect(ends[short.runs.late.uid]).toMatchObject({ QueueMs: 212_000, RunMs: 214_000 });
  });

  it('of an internal error shorten its cause rather than a field that queries need', () => {
    const lines: string[] = [];
    const error = new Error('Grüße "aus" \n'.repeat(50));
    for (const code of errorCodes) {
      logRefusal(
        { log: openLog('s'.repeat(20), (line) => lines.push(line)), now: () => new Date(0) },
        {
          caller: { tenantId: 't'.repeat(63), channel: 'dashboard', name: '', scopes: [], permissions: [] },
          requestId: 'r'.repeat(36),
          startedAtMs: -30_000,
          traceparent: `00-${traceId}-b7ad6b7169203331-01`,
        } as unknown as Parameters<typeof logRefusal>[1],
        { code, operation: 'redeliverFailedWebhooks', error },
      );
    }

    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(maxLogLineBytes);
    const internal = lines.map((line): Line => JSON.parse(line)).filter(({ level }) => level === 'error');
    expect(internal).toHaveLength(2);
    for (const line of internal) expect(line).toMatchObject({ trace: traceId, operation: 'redeliverFailedWebhooks' });
  });
});

describe('the log line of a change without its audit row', () => {
  const row = {
    id: '01KAPQ00000000000000000000',
    at: noon.toISOString(),
    actor: { channel: 'dashboard', name: 'ada@acme.example' },
    action: 'endpoint.secret_rotated',
    target: 'ep_0000000001',
    request_id: 'r'.repeat(36),
  } as const;

  function logged(overrides: Partial<AuditEvent>): Line {
    const lines: string[] = [];
    const log = openLog('s'.repeat(20), (line) => lines.push(line));
    logAuditMissing(log)('t'.repeat(63), { ...row, ...overrides }, new Error('socket hang up '.repeat(50)));
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(maxLogLineBytes);
    expect(measured(lines.map((line): Line => JSON.parse(line)))).toEqual(
      new Set([`${metricNamespace} AuditMissing Stage=${'s'.repeat(20)}`]),
    );
    return JSON.parse(lines.at(-1)!);
  }

  const identity = { event: 'audit_missing', tenant: 't'.repeat(63), action: row.action, audit: row.id };

  it('leaves out a very long detail rather than who made which change', () => {
    const line = logged({ detail: { note: 'x'.repeat(100_000) } });

    expect(line).toMatchObject({ ...identity, target: row.target, by: 'dashboard ada@acme.example' });
    expect(line).toMatchObject({ request_id: row.request_id, error: expect.stringMatching(/^Error: socket/) });
    expect(line).not.toHaveProperty('detail');
  });

  it('identifies the change even if the names of who made it and of what changed are very long', () => {
    const name = `${'a'.repeat(240)}@acme.example`;

    const line = logged({ actor: { channel: 'dashboard', name }, target: `member ${name}` });

    expect(line).toMatchObject({ ...identity, request_id: row.request_id });
  });

  it('holds the whole row if nothing in it is long', () => {
    const lines: string[] = [];
    const detail = { version: 2 };

    logAuditMissing(openLog('dev', (line) => lines.push(line)))('acme', { ...row, detail }, new Error('refused'));

    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      tenant: 'acme',
      audit: row.id,
      action: row.action,
      target: row.target,
      by: 'dashboard ada@acme.example',
      request_id: row.request_id,
      detail: '{"version":2}',
    });
  });
});

/** `namespace metric name=value,…` for every metric that CloudWatch would extract from the lines. */
function measured(lines: readonly Line[]): Set<string> {
  return new Set(
    lines.flatMap((line) =>
      (line['_aws']?.CloudWatchMetrics ?? []).flatMap((directive: any) =>
        directive.Metrics.flatMap(({ Name }: { Name: string }) => {
          for (const value of [line[Name]].flat()) expect(value).toEqual(expect.any(Number));
          return directive.Dimensions.map((names: string[]) =>
            series(directive.Namespace, Name, Object.fromEntries(names.map((name) => [name, line[name]]))),
          );
        }),
      ),
    ),
  );
}

function series(namespace: string, metric: string, dimensions: Record<string, unknown>): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => a.localeCompare(b));
  return `${namespace} ${metric} ${sorted.map(([name, value]) => `${name}=${String(value)}`).join(',')}`;
}

/** The metrics of AWS itself that are used, with their dimensions, as its documentation spells them. */
const awsMetrics = new Set([
  'AWS/ApiGateway 4xx ApiId',
  'AWS/ApiGateway 5xx ApiId',
  'AWS/ApiGateway Count ApiId',
  'AWS/ApiGateway Latency ApiId',
  'AWS/DynamoDB ReadThrottleEvents TableName',
  'AWS/DynamoDB ReadThrottleEvents GlobalSecondaryIndexName,TableName',
  'AWS/DynamoDB WriteThrottleEvents TableName',
  'AWS/DynamoDB WriteThrottleEvents GlobalSecondaryIndexName,TableName',
  'AWS/Lambda Errors FunctionName',
  'AWS/Lambda Errors ExecutedVersion,FunctionName,Resource',
  'AWS/SQS ApproximateAgeOfOldestMessage QueueName',
  'AWS/SQS ApproximateNumberOfMessagesDelayed QueueName',
  'AWS/SQS ApproximateNumberOfMessagesVisible QueueName',
]);

function expectToExist(namespace: string, metric: string, dimensions: Record<string, unknown>): void {
  if (namespace === metricNamespace) expect(measured(short.lines)).toContain(series(namespace, metric, dimensions));
  else expect(awsMetrics).toContain(`${namespace} ${metric} ${Object.keys(dimensions).sort().join(',')}`);
}

/** The name of the symptom in a logical id. */
const nameOf = (logicalId: string) => logicalId.replace(/^ObservabilityAlarms|[0-9A-F]{8}$/g, '');

describe('alarms', () => {
  const alarms = Object.entries(resources(template, 'AWS::CloudWatch::Alarm'));

  it.each(alarms)('%s watches a metric that there is', (_id, { Properties: alarm }) => {
    const watched = (alarm.Metrics ?? [{ MetricStat: { Metric: alarm } }]).flatMap(({ MetricStat }: any) =>
      MetricStat === undefined ? [] : [MetricStat.Metric],
    );

    expect(watched).not.toHaveLength(0);
    for (const { Namespace, MetricName, Dimensions } of watched) {
      expectToExist(Namespace, MetricName, Object.fromEntries(Dimensions.map(({ Name, Value }: any) => [Name, Value])));
    }
  });

  it.each(alarms)('%s says what is wrong and names its article in the runbook', (_id, { Properties: alarm }) => {
    const anchor = /^[A-Z].+\. Runbook: docs\/operate\.md#([\w-]+)$/.exec(alarm.AlarmDescription)?.[1];

    expect(anchorsOf(runbook)).toContain(anchor);
  });

  it('are all listed in the runbook, each with its article', () => {
    const listed = [...runbook.matchAll(/^\| `(\w+)` +\| \[[^\]]+\]\(#([\w-]+)\)/gm)].map(
      ([, id, article]) => `${id} ${article}`,
    );

    expect(listed.sort()).toEqual(
      alarms.map(([id, { Properties: alarm }]) => `${nameOf(id)} ${alarm.AlarmDescription.replace(/^.*#/, '')}`).sort(),
    );
  });

  it('cover what users notice', () => {
    expect(alarms.map(([id]) => nameOf(id)).sort()).toEqual([
      'ApiFails',
      'AttemptsLate',
      'AuditMissing',
      'DeadLetters',
      'DeliveriesStuck',
      'Differences',
      'FunctionsFail',
      'NewVersionFails',
      'ReconcilingFails',
      'RecoverySilent',
      'RequestsFail',
      'RunsBeginLate',
      'RunsGivenUp',
      'StartsDeferred',
      'TableThrottled',
      'WorkOverdue',
    ]);
  });

  it('notify the address of alarmEmail when they start and when they end', () => {
    const woken = synthesize({ alarmEmail: 'ops@example.com' }).template;
    const topic = { Ref: resource(woken, 'AWS::SNS::Topic').logicalId };

    expect(resource(woken, 'AWS::SNS::Subscription').Properties).toEqual({
      Protocol: 'email',
      Endpoint: 'ops@example.com',
      TopicArn: topic,
    });
    for (const { Properties: alarm } of Object.values(resources(woken, 'AWS::CloudWatch::Alarm'))) {
      expect(alarm).toMatchObject({ AlarmActions: [topic], OKActions: [topic] });
    }
    expect(resources(template, 'AWS::SNS::Topic')).toEqual({});
  });

  it('without a recipient cause a warning in production only', () => {
    const printed = jest.spyOn(console, 'error').mockImplementation();
    const warnings = (context: object) =>
      Annotations.fromStack(synthesize({ ...context }).stack).findWarning(
        '*',
        Match.stringLikeRegexp('Nobody is notified'),
      );

    expect(warnings({ stage: 'production', alarmEmail: undefined })).toHaveLength(1);
    expect(warnings({ stage: 'production', alarmEmail: 'ops@example.com' })).toHaveLength(0);
    expect(warnings({})).toHaveLength(0);
    printed.mockRestore();
  });
});

test('the runbook explains every kind of difference, and every symptom of the troubleshooting table', () => {
  const kinds = readFileSync(
    resolve(__dirname, '..', '..', 'functions', 'domain', 'reconcile', 'difference.ts'),
    'utf8',
  )
    .split('export type Repair')[0]!
    .matchAll(/\| '(\w+)'/g);
  const article = /### Reconciling found differences\n(.*?)\n### /s.exec(runbook)![1]!;

  const named = [...kinds].map(([, kind]) => kind);
  expect(named).toHaveLength(13);
  for (const kind of named) expect(article).toContain(`| \`${kind}\` `);
  expect(anchorsOf(runbook)).toEqual(
    expect.arrayContaining([
      'run-now-or-a-trigger-is-refused',
      'a-run-failed',
      'matched_endpoints-is-0',
      'a-token-leaked',
    ]),
  );
});

test('every graph of the CloudWatch dashboard shows metrics that exist', () => {
  const body = JSON.parse(joined(resource(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody));
  const graphs = body.widgets.filter(({ type }: any) => type === 'metric');

  expect(graphs.length).toBeGreaterThan(12);
  const graphed: any[][] = graphs.flatMap(({ properties }: any) => properties.metrics);
  const searches = graphed.flatMap(([first]) => (first.expression === undefined ? [] : [first.expression as string]));
  const linesOf = [...measured(short.lines)].join('\n');
  expect(searches).toHaveLength(3);
  for (const search of searches) {
    const [, namespace, name, of] = /\{(\w+),Stage,code\} MetricName="(\w+)" Stage="(\w+)"/.exec(search)!;
    expect(linesOf).toMatch(new RegExp(`^${namespace} ${name} code=\\w+,Stage=${of}$`, 'm'));
  }
  const single = graphed.filter(([first]) => typeof first === 'string');
  expect(single).toHaveLength(graphed.length - searches.length);
  for (const metric of single) {
    const [namespace, name, ...dimensions] = metric.filter((part) => typeof part === 'string');
    expectToExist(namespace!, name!, pairs(dimensions));
  }
});

function pairs(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name, index) => (index % 2 === 0 ? [[name, names[index + 1]]] : [])));
}

/** A text of the template, with the names of resources in place of values that are known only at deployment. */
function joined(text: any): string {
  if (typeof text === 'string') return text;
  return text['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : nameIn(part))).join('');
}

function nameIn(part: any): string {
  return part.Ref ?? part['Fn::GetAtt']?.[0];
}

describe('saved queries', () => {
  const definitions = Object.values(resources(template, 'AWS::Logs::QueryDefinition')).map(
    ({ Properties }) => Properties,
  );
  const saved = (name: string): string =>
    definitions.find(({ Name }) => Name === `CoffieldWorkflows-dev/${name}`)!.QueryString;
  const answer = (name: string, ...[what, value]: string[]) =>
    runQuery(value === undefined ? saved(name) : saved(name).replaceAll(what!, value), short.lines);

  const storyOfARun = [
    'run_accepted',
    'step_performed',
    'step_performed',
    'step_performed',
    'run_ended',
    'delivery_attempted',
    'delivery_attempted',
    'delivery_attempted',
  ];

  it('search the log of every function', () => {
    const groups = Object.keys(resources(template, 'AWS::Logs::LogGroup')).filter((id) =>
      Object.values(resources(template, 'AWS::Lambda::Function')).some(
        ({ Properties }) => Properties.LoggingConfig.LogGroup.Ref === id,
      ),
    );

    for (const { LogGroupNames } of definitions) {
      expect(LogGroupNames.map(({ Ref }: { Ref: string }) => Ref).sort()).toEqual(groups.sort());
    }
  });

  it('"Everything about a run" lists its lines in order, and no other lines', () => {
    const rows = answer('Everything about a run', 'RUN_ID', short.runs.succeeding.uid);

    expect(rows.map(({ event }) => event)).toEqual(storyOfARun);
    expect(rows.flatMap(({ code }) => (code === undefined ? [] : [code]))).toEqual([
      'http_status',
      'http_status',
      'delivered',
    ]);
  });

  it('"Everything about a request or trace" finds the same lines by an id that the caller knows', () => {
    const trace = answer('Everything about a request or trace', 'REQUEST_OR_TRACE_ID', traceId);
    const [{ request_id: id } = {}] = linesOf(short.lines, 'run_accepted');

    expect(trace.map(({ event }) => event)).toEqual(['run_accepted', ...storyOfARun.slice(5)]);
    expect(answer('Everything about a request or trace', 'REQUEST_OR_TRACE_ID', id).map(({ event }) => event)).toEqual(
      storyOfARun,
    );
  });

  it('"Refusals by tenant" counts refusals, the most frequent first', () => {
    expect(answer('Refusals by tenant')).toEqual([
      { tenant: 'acme', code: 'not_found', operation: 'triggerRun', refusals: 2 },
      { code: 'unauthenticated', operation: 'triggerRun', refusals: 1 },
    ]);
  });

  it('"Slowest runs" lists ended runs, the slowest first', () => {
    const { timedOut, interrupted, late, succeeding, failing, cancelled } = short.runs;
    const rows = answer('Slowest runs').map(({ run, RunMs }) => [run, RunMs]);

    expect(rows.slice(0, 4)).toEqual([
      [timedOut.uid, 25_200_000],
      [interrupted.uid, 1_986_000],
      [late.uid, 214_000],
      [succeeding.uid, 2_000],
    ]);
    expect(
      rows
        .slice(4)
        .map(([run]) => run)
        .sort(),
    ).toEqual([failing.uid, cancelled.uid].sort());
  });

  it('"Failing endpoints" counts failed attempts by endpoint and error', () => {
    const rows = answer('Failing endpoints').map(({ slowest_ms: slowest, ...row }) => {
      expect(slowest).toEqual(expect.any(Number));
      return row;
    });

    expect(rows).toEqual([
      { tenant: 'acme', endpoint: 'ep_hook000000', code: 'http_status', failures: 2 },
      { tenant: 'acme', endpoint: 'ep_gone000000', code: 'http_status', failures: 1 },
    ]);
  });

  it('"Deliveries of an event" lists every attempt', () => {
    const rows = answer('Deliveries of an event', 'EVENT_NAME', 'campaign.kickoff');

    expect(rows.map(({ endpoint, code, attempt }) => [endpoint, code, attempt])).toEqual([
      ['ep_hook000000', 'delivered', 2],
      ['ep_hook000000', 'http_status', 1],
      ['ep_hook000000', 'delivered', 2],
      ['ep_hook000000', 'http_status', 1],
      ['ep_gone000000', 'http_status', 1],
    ]);
    expect(answer('Deliveries of an event', 'EVENT_NAME', 'campaign.other')).toEqual([]);
  });

  it('"What went wrong on our side" lists errors only', () => {
    expect(answer('What went wrong on our side').map(({ event, code }) => [event, code])).toEqual([
      ['audit_missing', undefined],
      ['run_given_up', 'run_timed_out'],
      ['run_given_up', 'run_interrupted'],
    ]);
  });

  it('are linked from a run: the link searches every log for that run only', () => {
    const { Value } = Object.values(template.findOutputs('RunLogsUrl'))[0]!;
    const url = joined(Value).replaceAll('{uid}', short.runs.succeeding.uid);
    const query = /~editorString~'(.*?)~source~/.exec(url)![1]!;
    const decoded = query.replace(/\*([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

    expect(url).toMatch(
      /^https:\/\/AWS::Region\.console\.aws\.amazon\.com\/cloudwatch\/home\?region=AWS::Region#logsV2:/,
    );
    expect(url.split("~source~(~'")[1]!.split("~'")).toHaveLength(functionNames.length);
    expect(runQuery(decoded, short.lines).map(({ event }) => event)).toEqual(storyOfARun);
  });

  it('are linked by the dashboard through its configuration, because it is built before the deployment exists', () => {
    const directory = mkdtempSync(join(tmpdir(), 'dashboard-'));
    mkdirSync(join(directory, 'assets'));
    const deployed: Template = synthesize({}, directory).template;
    rmSync(directory, { recursive: true });

    const files = JSON.stringify(resources(deployed, 'Custom::CDKBucketDeployment'));
    const { LoggingConfig } = lambda(deployed, 'run-segment').Properties;
    expect(files).toContain(LoggingConfig.LogGroup.Ref);
  });
});
