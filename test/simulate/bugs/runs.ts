import type { PlantedBug } from './planted-bug';

const progress = 'functions/aws/run/progress.ts';
const segment = 'functions/run-segment/run-segment.ts';
const lostWrite = 'functions/run-segment/lost-write.ts';
const goOn = 'functions/run-segment/go-on.ts';

/** Bugs in what moves a run forward and ends it. */
export const runsBugs: readonly PlantedBug[] = [
  {
    name: 'a segment overwrites the end of its run',
    file: progress,
    find: 'condition: `${isOpen} AND ${cursorUnmoved}`',
    replace: 'condition: `(${isOpen} OR attribute_exists(pk)) AND ${cursorUnmoved}`',
    breaks: ['run states'],
    needs: 'two',
  },
  {
    name: 'a repeated segment enters its steps again',
    file: progress,
    find: 'condition: `${isOpen} AND ${cursorUnmoved}`',
    replace: 'condition: `${isOpen} AND (${cursorUnmoved} OR attribute_exists(pk))`',
    breaks: ['trails'],
    needs: 'one',
  },
  {
    name: 'steps are entered again after the end of their run',
    file: progress,
    find: 'condition: cursorUnmoved,',
    replace: 'condition: `(${cursorUnmoved} OR attribute_exists(pk))`,',
    breaks: ['trails'],
    needs: 'one',
  },
  {
    name: 'a run that has ended is ended again',
    file: progress,
    find: 'condition: isOpen,',
    replace: 'condition: `(${isOpen} OR attribute_exists(pk))`,',
    breaks: ['run states'],
    needs: 'two',
  },
  {
    name: 'a segment that goes on closes its run for recovery',
    file: progress,
    find: "ends ? ' REMOVE due_at, open_shard' : ''",
    replace: "' REMOVE due_at, open_shard'",
    breaks: ['run states'],
    needs: 'one',
  },
  {
    name: 'what a segment did is lost if its run was cancelled meanwhile',
    file: lostWrite,
    find: 'await deps.progress.recordAfterEnd(input.tenant_id, row, beyond(row, result));',
    replace: '',
    breaks: ['performed'],
    needs: 'two',
  },
  {
    name: 'a run that has ended goes on',
    file: segment,
    find: 'if (isTerminal(row.status)) return finish(deps, input, row);',
    replace: '',
    breaks: ['performed'],
    needs: 'two',
  },
  {
    name: 'a restarted run does not wait until its delay is over',
    file: segment,
    find: 'if (isElsewhere(row, input) || isWaiting(row, deps.now()))',
    replace: 'if (isElsewhere(row, input))',
    breaks: ['trails'],
    needs: 'one',
  },
  {
    name: 'nobody waits until the end of a run is published',
    file: goOn,
    find: 'await deps.announceRunEnd(input.tenant_id, run);',
    replace: 'deps.announceRunEnd(input.tenant_id, run).catch(() => undefined);',
    breaks: ['run ends'],
    needs: 'one',
  },
];
