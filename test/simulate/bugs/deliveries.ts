import type { PlantedBug } from './planted-bug';

const stored = 'functions/aws/delivery/deliveries.ts';
const attempts = 'functions/aws/delivery/attempts.ts';

/** Bugs in events, deliveries and their attempts. */
export const deliveriesBugs: readonly PlantedBug[] = [
  {
    name: 'a repeated step writes its event again',
    file: 'functions/aws/delivery/events.ts',
    find: "Item, ConditionExpression: 'attribute_not_exists(pk)' }",
    replace: 'Item }',
    breaks: ['events'],
    needs: 'one',
  },
  {
    name: 'a delivery that is sent again is hidden from recovery',
    file: stored,
    find: "'open_shard = :shard, reopened_by = :by'",
    replace: "'shard = :shard, reopened_by = :by'",
    breaks: ['deliveries', 'tidiness', 'ends'],
    needs: 'one',
  },
  {
    name: 'two people may send one delivery again',
    file: stored,
    find: "const isEnded = '#status <> :pending'",
    replace: "const isEnded = '(#status <> :pending OR attribute_exists(pk))'",
    breaks: ['deliveries'],
    needs: 'two',
  },
  {
    name: 'a message that comes twice begins the next attempt too',
    file: attempts,
    find: "const isThisAttempt = 'attempts_made = :made'",
    replace: "const isThisAttempt = '(attempts_made = :made OR attribute_exists(pk))'",
    breaks: ['leases'],
    needs: 'one',
  },
  {
    name: 'two senders attempt one delivery at once',
    file: attempts,
    find: 'OR lease_until < :now OR lease = :token)',
    replace: 'OR lease_until < :now OR lease <> :token)',
    breaks: ['leases'],
    needs: 'two',
  },
  {
    name: 'the last wait of the schedule is repeated for ever',
    file: 'functions/domain/delivery/schedule.ts',
    find: 'const seconds = schedule[failed.attemptsMade - 1];',
    replace: 'const seconds = schedule[failed.attemptsMade - 1] ?? schedule.at(-1);',
    breaks: ['deliveries'],
    needs: 'one',
  },
];
