/** A grant that no recorded call needs, and why the role has it nevertheless. */
export interface Argued {
  readonly action: string;
  readonly on?: string;
  readonly function?: string;
  readonly why: string;
  /** A run of the judge may need it, or may not. */
  readonly byChance?: true;
}

const lambdaItself = 'Lambda uses it for the function, not the function.';
const poller = 'Lambda reads the queue with the role of the function.';
const afterDeath =
  'Needed only after a process died at one certain point; test/faults plays that under the same policies.';
const afterRace =
  'A key is given back when another request took the last run of the day after this one had read the counter.';

const onStandardOnly = 'Only the setting `runEngine=standard` starts executions that can be stopped.';

const afterSecond = 'The first request of a tenant in a minute costs no write, and the tests seldom make a second.';

export const argued: readonly Argued[] = [
  { action: 'logs:CreateLogStream', why: lambdaItself },
  { action: 'logs:PutLogEvents', why: lambdaItself },
  { action: 'xray:PutTelemetryRecords', why: lambdaItself },
  { action: 'xray:PutTraceSegments', why: lambdaItself },
  { action: 'sqs:ChangeMessageVisibility', why: poller },
  { action: 'sqs:DeleteMessage', why: poller },
  { action: 'sqs:GetQueueAttributes', why: poller },
  { action: 'sqs:GetQueueUrl', why: poller },
  { action: 'sqs:ReceiveMessage', why: poller },
  { action: 'dynamodb:PutItem', on: 'T#* not T#*#*', function: 'RecoveryRecoverRuns', why: afterDeath, byChance: true },
  { action: 'dynamodb:PutItem', on: 'T#*#RUN', function: 'RecoveryRecoverRuns', why: afterDeath, byChance: true },
  { action: 'dynamodb:PutItem', on: 'T#*#DLV', function: 'RecoveryRecoverRuns', why: afterDeath, byChance: true },
  { action: 'dynamodb:Query', on: 'T#*#DLV', function: 'DeliveriesDeliverWebho', why: afterDeath, byChance: true },
  { action: 'sqs:SendMessage', function: 'RecoveryRecoverRuns', why: afterDeath, byChance: true },
  { action: 'dynamodb:DeleteItem', on: 'T#*#KEY#*', function: 'RestApiFunction', why: afterRace, byChance: true },
  { action: 'dynamodb:DeleteItem', on: 'T#*#KEY#*', function: 'McpServerFunction', why: afterRace, byChance: true },
  { action: 'states:StopExecution', why: onStandardOnly },
  {
    action: 'dynamodb:UpdateItem',
    on: 'T#*#REQ',
    function: 'AuthorizationServerFun',
    why: afterSecond,
    byChance: true,
  },
];
