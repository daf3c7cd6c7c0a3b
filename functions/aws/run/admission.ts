import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { addSeconds, nextDay } from '../../domain/day';
import { ProductError } from '../../domain/errors';
import { claimSchema, type Claim } from '../../domain/idempotency';
import type { StoredRun } from '../../domain/run/stored-run';
import { runningPlans } from '../../domain/tenant/plan';
import type { Tenant } from '../../domain/tenant/tenant';
import { settleAfterSeconds } from '../../domain/timetable';
import { workflowSchema, type Workflow } from '../../domain/workflow/workflow';
import { getRows, isConditionFailed, whenConditionHolds, type Database } from '../database';
import { beforeAttribute, usedAttribute } from '../day-attributes';
import { claimKey, openShard, runKey, tenantKey, workflowKey } from '../keys';
import { readTenant } from '../tenant/tenants';
import { readStoredRun } from './runs';
import { withTrails } from './trails';

/** The subject of a start: a workflow, or an earlier run to repeat. */
export type Subject = { readonly workflowId: number } | { readonly runId: number };

/** Everything that a start is checked against, from one consistent read. */
export interface AdmissionView {
  readonly tenant: Tenant | undefined;
  readonly workflow: Workflow | undefined;
  readonly run: StoredRun | undefined;
  readonly claim: Claim | undefined;
}

export type Counted = { readonly runId: number; readonly used: number };

// Each clause of the counter's condition closes one race. All are checked in the write that counts.

/** Without this clause the first count would create a deleted or unknown tenant. */
const tenantExists = 'attribute_exists(pk)';
/**
 * The plan may have changed since the read. The clause and its values are made from one list, because DynamoDB refuses a
 * request with a value that its expressions do not use, and a clause with a value that is missing.
 */
const planMayRun = `#plan IN (${runningPlans.map((_plan, index) => `:plan${index}`).join(', ')})`;
const runningPlanValues = Object.fromEntries(runningPlans.map((plan, index) => [`:plan${index}`, plan]));
/**
 * The cap is exact at any concurrency. The attribute of a day is created by its first run, so a new day needs no reset.
 */
const belowCap = '(unlimited = :true OR #used < daily_cap OR (attribute_not_exists(#used) AND daily_cap > :zero))';
/** Days never go backwards along run numbers: once tomorrow has a run, today is closed. */
const dayIsOpen = 'attribute_not_exists(#next)';

/** The reads and writes that accept a run. docs/decisions/admission.md explains them. */
export function admissionStore(db: Database) {
  return {
    /** One BatchGet. */
    async read(tenantId: string, subject: Subject, keyHash?: string): Promise<AdmissionView> {
      const subjectKey =
        'workflowId' in subject ? workflowKey(tenantId, subject.workflowId) : runKey(tenantId, subject.runId);
      const keys = [tenantKey(tenantId), subjectKey, ...(keyHash === undefined ? [] : [claimKey(tenantId, keyHash)])];
      const [tenant, found, claim] = await getRows(db, keys);
      return {
        tenant: readTenant(tenant),
        workflow: 'workflowId' in subject && found ? workflowSchema.parse(found) : undefined,
        run: 'runId' in subject ? readStoredRun((await withTrails(db, tenantId, [found]))[0]) : undefined,
        claim: claim && claimSchema.parse(claim),
      };
    },

    /**
     * Checks plan and cap, counts the run on `day` and takes its number, in one conditional update. It is sent once,
     * because a repetition could count twice.
     *
     * @returns undefined if the condition did not hold; read again to learn why
     * @throws ProductError `unavailable` if the outcome is unknown; settlement refunds a number that was taken
     */
    async count(tenantId: string, day: string, now: Date): Promise<Counted | undefined> {
      try {
        const { Attributes } = await db.once.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...tenantKey(tenantId) },
            UpdateExpression:
              'SET #used = if_not_exists(#used, :zero) + :one, last_run_number = last_run_number + :one, ' +
              '#before = if_not_exists(#before, last_run_number), ' +
              'due_at = if_not_exists(due_at, :settle), open_shard = if_not_exists(open_shard, :shard)',
            ConditionExpression: [tenantExists, planMayRun, belowCap, dayIsOpen].join(' AND '),
            ExpressionAttributeNames: {
              '#plan': 'plan',
              '#used': usedAttribute(day),
              '#before': beforeAttribute(day),
              '#next': usedAttribute(nextDay(day)),
            },
            ExpressionAttributeValues: {
              ...runningPlanValues,
              ':zero': 0,
              ':one': 1,
              ':true': true,
              ':settle': addSeconds(now, settleAfterSeconds).toISOString(),
              ':shard': openShard(tenantId),
            },
            ReturnValues: 'UPDATED_NEW',
          }),
        );
        return { runId: Number(Attributes?.['last_run_number']), used: Number(Attributes?.[usedAttribute(day)]) };
      } catch (error) {
        if (isConditionFailed(error)) return undefined;
        throw new ProductError('unavailable', 'The run could not be counted just now and was not started; try again.', {
          retryAfterSeconds: 2,
          cause: error,
        });
      }
    },

    /**
     * Refunds run number `runId` to `day`. The number is made void, so that a late write of its run fails, and the
     * count of the day is decremented once, no matter how often this is called.
     *
     * @returns false if the row of the run exists after all, so that the run was accepted
     */
    async refund(tenantId: string, runId: number, day: string): Promise<boolean> {
      if (!(await putVoid(db, tenantId, runId))) return false;
      await refundCount(db, tenantId, runId, day);
      return true;
    },
  };
}

/** True if number `runId` is void now; false if a run has it. */
export function putVoid(db: Database, tenantId: string, runId: number): Promise<boolean> {
  return whenConditionHolds(() =>
    db.client.send(
      new PutCommand({
        TableName: db.tableName,
        Item: { ...runKey(tenantId, runId), void: true },
        ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(#void)',
        ExpressionAttributeNames: { '#void': 'void' },
      }),
    ),
  );
}

/** The number was not refunded yet. */
const notVoided = 'NOT contains(voided, :id)';
/**
 * Settlement deletes the record of refunded numbers that it has passed; whether such a number was refunded is then
 * unknown.
 */
const notSettled = 'settled_upto < :id';
/** The count never becomes negative, even if the row was edited by hand. */
const wasCounted = '#used > :zero';

/** Decrements the count of the day, once for each number. False if that was done before. */
export function refundCount(db: Database, tenantId: string, runId: number, day: string): Promise<boolean> {
  return whenConditionHolds(() =>
    db.client.send(
      new UpdateCommand({
        TableName: db.tableName,
        Key: { ...tenantKey(tenantId) },
        UpdateExpression: 'SET #used = #used - :one ADD voided :ids',
        ConditionExpression: [notVoided, notSettled, wasCounted].join(' AND '),
        ExpressionAttributeNames: { '#used': usedAttribute(day) },
        ExpressionAttributeValues: { ':one': 1, ':zero': 0, ':id': runId, ':ids': new Set([runId]) },
      }),
    ),
  );
}
