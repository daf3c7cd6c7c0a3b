import { Stack } from 'aws-cdk-lib';
import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

interface SavedQuery {
  readonly id: string;
  readonly name: string;
  readonly query: readonly string[];
}

/** The query for one run, to which the dashboard's page of a run links. */
export function queryOfRun(uid: string): string {
  return [
    'fields @timestamp, event, part, step, type, status, code, ms, RunMs, delivery, attempt, http, error',
    `filter run = "${uid}"`,
    'sort @timestamp asc',
    'limit 1000',
  ].join('\n| ');
}

/**
 * Queries that answer operators' questions. Words in capitals are placeholders that the operator replaces.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
const savedQueries: readonly SavedQuery[] = [
  { id: 'Run', name: 'Everything about a run', query: [queryOfRun('RUN_ID')] },
  {
    id: 'Request',
    name: 'Everything about a request or trace',
    query: [
      'fields @timestamp, event, tenant, run, code, ms, delivery, error',
      'filter request_id = "REQUEST_OR_TRACE_ID" or trace = "REQUEST_OR_TRACE_ID"',
      'sort @timestamp asc',
      'limit 1000',
    ],
  },
  {
    id: 'Refusals',
    name: 'Refusals by tenant',
    query: [
      'filter event = "request_refused"',
      'stats count(*) as refusals by tenant, code, operation',
      'sort refusals desc',
      'limit 100',
    ],
  },
  {
    id: 'RefusalsByAddress',
    name: 'Refusals by address',
    query: [
      'filter event = "request_refused"',
      'stats count(*) as refusals by ip, code, tenant',
      'sort refusals desc',
      'limit 100',
    ],
  },
  {
    id: 'SlowestRuns',
    name: 'Slowest runs',
    query: [
      'fields @timestamp, tenant, run, workflow, status, code, RunMs, QueueMs',
      'filter event = "run_ended"',
      'sort RunMs desc',
      'limit 25',
    ],
  },
  {
    id: 'FailingEndpoints',
    name: 'Failing endpoints',
    query: [
      'filter event = "delivery_attempted" and code != "delivered"',
      'stats count(*) as failures, max(ms) as slowest_ms by tenant, endpoint, code',
      'sort failures desc',
      'limit 100',
    ],
  },
  {
    id: 'DeliveriesOfEvent',
    name: 'Deliveries of an event',
    query: [
      'fields @timestamp, tenant, run, delivery, endpoint, code, status, attempt, http, ms',
      'filter type = "EVENT_NAME" and event like /^delivery_/',
      'sort @timestamp desc',
      'limit 200',
    ],
  },
  {
    id: 'Errors',
    name: 'What went wrong on our side',
    query: [
      'fields @timestamp, event, code, tenant, run, request_id, error, where',
      'filter level = "error"',
      'sort @timestamp desc',
      'limit 100',
    ],
  },
];

export interface SavedQueriesProps {
  readonly logGroups: readonly ILogGroup[];
}

/** Saved queries over the log lines of all functions. The console lists them in a folder with the stack's name. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { logGroups }: SavedQueriesProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    for (const { id: queryId, name, query } of savedQueries) {
      new CfnQueryDefinition(this, queryId, {
        name: `${stackName}/${name}`,
        queryString: query.join('\n| '),
        logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
      });
    }
  }
}
