import type { PlantedBug } from './planted-bug';

const acceptRun = 'functions/domain/run/accept-run.ts';
const runs = 'functions/aws/run/runs.ts';

/** Bugs in the way from a request to the row of its run. */
export const acceptanceBugs: readonly PlantedBug[] = [
  {
    name: 'a run is accepted before its row is durable',
    file: acceptRun,
    find: 'await store(deps, command.tenantId, run, source.input, held);',
    replace: 'store(deps, command.tenantId, run, source.input, held).catch(() => undefined);',
    breaks: ['answers'],
    needs: 'one',
  },
  {
    name: 'a run whose number was refunded is accepted all the same',
    file: acceptRun,
    find: 'if (givenBack) throw unavailable(cause);',
    replace: '',
    breaks: ['answers'],
    needs: 'one',
  },
  {
    name: 'a failed write of the row is taken for no row',
    file: acceptRun,
    find: 'cause = error;',
    replace: 'throw unavailable(error);',
    breaks: ['keys', 'counts'],
    needs: 'one',
  },
  {
    name: 'the cap counts the runs of all days',
    file: 'functions/domain/tenant/daily-cap.ts',
    find: 'const used = tenant.used_by_day[day] ?? 0;',
    replace: 'const used = Object.values(tenant.used_by_day).reduce((sum, ofDay) => sum + ofDay, 0);',
    breaks: ['answers'],
    needs: 'one',
  },
  {
    name: 'the row of a run may replace what has its number',
    file: runs,
    find: "ConditionExpression: 'attribute_not_exists(pk)',",
    replace: '',
    breaks: ['run states'],
    needs: 'one',
  },
  {
    name: 'the row of a run does not say that it is open',
    file: runs,
    find: 'open_shard: openShard(run.uid),',
    replace: '',
    breaks: ['run states'],
    needs: 'one',
  },
];
