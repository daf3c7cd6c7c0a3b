import type { PlantedBug } from './planted-bug';

const claims = 'functions/aws/tenant/claims.ts';

/** Bugs in what an Idempotency-Key promises. */
export const keysBugs: readonly PlantedBug[] = [
  {
    name: 'two requests may hold one new key',
    file: claims,
    find: "const isGone = 'attribute_not_exists(pk)'",
    replace: "const isGone = 'attribute_not_exists(pk) OR attribute_exists(pk)'",
    breaks: ['keys'],
    needs: 'two',
  },
  {
    name: 'two requests may take over the key of one that died',
    file: claims,
    find: "const isAsSeen = 'lease_until = :seen'",
    replace: "const isAsSeen = '(lease_until = :seen OR attribute_exists(pk))'",
    breaks: ['keys'],
    needs: 'two',
  },
  {
    name: 'the key of a request that is at work may be taken over',
    file: 'functions/domain/idempotency.ts',
    find: 'if (Date.parse(claim.lease_until) > now.getTime()) throw inProgress();',
    replace: '',
    breaks: ['keys'],
    needs: 'two',
  },
  {
    name: 'the run of a request that died is not looked for',
    file: 'functions/domain/run/replay-run.ts',
    find: "if (judged === 'new' || claim === undefined) return undefined;",
    replace: "if (judged === 'new' || judged === 'take_over' || claim === undefined) return undefined;",
    breaks: ['keys'],
    needs: 'one',
  },
  {
    name: 'the row of a run does not name its key',
    file: 'functions/aws/run/runs.ts',
    find: 'key_hash: keyHash,',
    replace: '',
    breaks: ['keys'],
    needs: 'one',
  },
];
