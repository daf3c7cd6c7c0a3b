import type { PlantedBug } from './planted-bug';

const file = 'functions/aws/run/admission.ts';

/** Bugs in what counts a run and refunds it. */
export const admissionBugs: readonly PlantedBug[] = [
  {
    name: 'the condition that counts a run asks for any cap instead of room below it',
    file,
    find: '#used < daily_cap OR (attribute_not_exists(#used) AND daily_cap > :zero)',
    replace: 'daily_cap > :zero',
    breaks: ['counts'],
    needs: 'two',
  },
  {
    name: 'the condition that counts a run forgets the plan, which was read before',
    file,
    find: '[tenantExists, planMayRun, belowCap, dayIsOpen]',
    replace: '[tenantExists, `(${planMayRun} OR attribute_exists(#plan))`, belowCap, dayIsOpen]',
    breaks: ['counts'],
    needs: 'two',
  },
  {
    name: 'the count does not say when it is to be settled',
    file,
    find: 'due_at = if_not_exists(due_at, :settle), open_shard = if_not_exists(open_shard, :shard)',
    replace: 'settle_at = :settle, open_shard = if_not_exists(open_shard, :shard)',
    breaks: ['counts'],
    needs: 'one',
  },
  {
    name: 'a void row may replace the row of a run',
    file,
    find: "ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(#void)'",
    replace: "ConditionExpression: 'attribute_not_exists(#void) OR attribute_exists(#void)'",
    breaks: ['run states', 'the models'],
    needs: 'one',
  },
  {
    name: 'a number is refunded although it was not made void',
    file,
    find: 'if (!(await putVoid(db, tenantId, runId))) return false;',
    replace: '',
    breaks: ['counts'],
    needs: 'one',
  },
  {
    name: 'a number is refunded again by a repeated request',
    file,
    find: "const notVoided = 'NOT contains(voided, :id)'",
    replace: "const notVoided = '(NOT contains(voided, :id) OR attribute_exists(pk))'",
    breaks: ['counts'],
    needs: 'two',
  },
  {
    name: 'the tenant is no longer open although a run was just counted',
    file: 'functions/aws/run/settlement.ts',
    find: "'last_run_number = :upto AND settled_upto = :upto'",
    replace: "'settled_upto = :upto'",
    breaks: ['counts'],
    needs: 'two',
  },
  {
    name: 'settlement does not refund what became no run',
    file: 'functions/aws/run/settlement.ts',
    find: 'if (await refundCount(db, tenantId, number, day)) refunded += 1;',
    replace: 'refunded += 1;',
    breaks: ['counts'],
    needs: 'one',
  },
];
