import type { Partition } from '../../../functions/contract/partitions';
import { tableKeyActions } from '../../../functions/contract/table';

type Place =
  'stack' | 'parentIndex' | 'restoredTable' | 'restoredIndex' | 'deliveryQueue' | 'deadLetterQueue' | 'logGroups';

interface Reason {
  readonly action: string;
  readonly why: string;
  /** Left out of a policy for reading only. */
  readonly writes?: true;
}

/** An action on a resource of the stack, or on the items of these kinds of partitions. */
type AwsAction = Reason & ({ readonly on: Place } | { readonly in: readonly Partition[] });

/**
 * Every AWS action that the commands need. Its test runs all commands and fails for an action that is missing here, and
 * for one that no command uses.
 */
export const awsActions: readonly AwsAction[] = [
  { action: 'cloudformation:DescribeStacks', on: 'stack', why: 'every command finds the table and the queues' },
  {
    action: 'cloudformation:ListStackResources',
    on: 'stack',
    why: 'runs tail --logs and access-policy find the log groups',
  },
  { action: 'logs:FilterLogEvents', on: 'logGroups', why: 'runs tail --logs reads the lines of a run' },

  {
    action: 'dynamodb:GetItem',
    in: ['tenant', 'runs', 'deliveries'],
    why: 'every command reads the tenant, and those about one thing read that',
  },
  {
    action: 'dynamodb:GetItem',
    in: ['tokens'],
    why: 'a command that revokes a token reads when it was revoked, if somebody else was faster',
    writes: true,
  },
  {
    action: 'dynamodb:BatchGetItem',
    in: ['tenant', 'runs', 'inputs', 'deliveries', 'tokens'],
    why: 'lists read what they found in an index or by ids; the steps of a long run are kept beside inputs',
  },
  {
    action: 'dynamodb:Query',
    in: ['tenant', 'runs', 'deliveries'],
    why: 'lists',
  },
  {
    action: 'dynamodb:Query',
    in: ['inputs'],
    why: 'restore-check compares the inputs of runs and the steps that are kept beside them',
  },
  {
    action: 'dynamodb:BatchGetItem',
    in: ['users'],
    why: 'restore-check compares the second row of each member',
  },
  { action: 'dynamodb:Query', on: 'restoredTable', why: 'restore-check reads all rows of a tenant' },
  { action: 'dynamodb:BatchGetItem', on: 'restoredTable', why: 'restore-check reads the second rows' },
  { action: 'dynamodb:GetItem', on: 'restoredTable', why: 'restore-check' },
  { action: 'dynamodb:Query', on: 'restoredIndex', why: 'restore-check lists the tenants' },
  { action: 'dynamodb:Query', on: 'parentIndex', why: 'lists of tenants, of runs by workflow, and of deliveries' },
  {
    action: 'dynamodb:PutItem',
    in: ['tenant', 'runs', 'deliveries', 'tokens', 'users'],
    why: 'what is created, and audit rows; reconcile --fix voids numbers and creates deliveries',
    writes: true,
  },
  {
    action: 'dynamodb:UpdateItem',
    in: ['tenant', 'runs', 'deliveries', 'tokens'],
    why: 'what is changed or revoked; reconcile --fix puts runs and deliveries before recovery',
    writes: true,
  },
  { action: 'dynamodb:DeleteItem', in: ['tenant', 'users'], why: 'members remove', writes: true },

  { action: 'sqs:GetQueueAttributes', on: 'deadLetterQueue', why: 'dead-letters list counts the messages' },
  { action: 'sqs:ReceiveMessage', on: 'deadLetterQueue', why: 'dead letters are read by receiving them' },
  {
    action: 'sqs:ChangeMessageVisibility',
    on: 'deadLetterQueue',
    why: 'dead letters that were only read are put back at once',
  },
  { action: 'sqs:SendMessage', on: 'deliveryQueue', why: 'dead-letters redrive', writes: true },
  { action: 'sqs:DeleteMessage', on: 'deadLetterQueue', why: 'dead-letters redrive', writes: true },
];

/**
 * What a customer key must allow besides, only through the service that calls the key on the caller's behalf.
 */
export const customerKeyActions = [
  { service: 'dynamodb', actions: tableKeyActions },
  { service: 'sqs', actions: ['kms:Decrypt'] },
  { service: 'sqs', actions: ['kms:GenerateDataKey'], writes: true },
] as const;
