import type { PlantedBug } from './planted-bug';

const segment = 'functions/run-segment/run-segment.ts';

/** Bugs in what hands a run from one execution to the next. */
export const handOversBugs: readonly PlantedBug[] = [
  {
    name: 'an execution goes on with a run that it has handed over',
    file: 'functions/run-segment/hand-over.ts',
    find: 'return ofRun > part;',
    replace: 'return ofRun > part + 1;',
    breaks: ['hand-overs'],
    needs: 'one',
  },
  {
    name: 'a repeated call ends its execution without starting the next one',
    file: segment,
    find: 'if (isHandedOver(row, input)) return nextOf(deps, input, row);',
    replace: "if (isHandedOver(row, input)) return { ...input, next: 'handed_over', wait_seconds: 0 };",
    breaks: ['hand-overs'],
    needs: 'one',
  },
  {
    name: 'every execution of a part starts the next one',
    file: 'functions/run-segment/hand-over.ts',
    find: 'execution !== undefined && row.handed_over_by === execution.id;',
    replace: 'execution !== undefined;',
    breaks: ['hand-overs'],
    needs: 'two',
  },
  {
    name: 'the next execution does not know that it is the next',
    file: 'functions/domain/run/execution.ts',
    find: 'part: run.part ?? 0,',
    replace: 'part: 0,',
    breaks: ['hand-overs'],
    needs: 'one',
  },
  {
    name: 'recovery restarts a run that was handed over as if its first execution went on',
    file: 'functions/run-segment/next-due.ts',
    find: 'if (handsOver !== undefined) return addSeconds(now, handOverDueSeconds).toISOString();',
    replace: '',
    breaks: ['hand-overs'],
    needs: 'one',
  },
];
