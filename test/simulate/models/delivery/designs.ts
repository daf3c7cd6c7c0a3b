import { always } from '../act';
import { deliveryActs, type DeliveryActs } from './acts';
import type { DeliveryScope } from './model';
import type { Design } from './world';

/** The product as it is written. */
export const soundDesign: Design = { acts: deliveryActs, logsFirst: true, leaseOutlastsSender: true, recovers: true };

const scope = { workers: 2, passes: 1, redeliveries: 0, scheduled: 1, turns: true, deletion: true, maxLate: 1 };

/** What `npm run models` searches. Every state of each is visited. */
export const scopes: readonly DeliveryScope[] = [
  { ...scope, name: 'two attempts, two senders, recovery', scheduled: 2 },
  {
    ...scope,
    name: 'one attempt and a redelivery, two senders, recovery',
    redeliveries: 1,
    turns: false,
    deletion: false,
  },
  { ...scope, name: 'one attempt, two senders, two recoveries at once', passes: 2 },
];

/** Small enough for every `npm test`. */
export const smallScopes: readonly DeliveryScope[] = [
  { ...scope, name: 'one attempt, two senders, recovery', turns: false, deletion: false },
];

export interface PlantedBug {
  readonly name: string;
  readonly design: Design;
  readonly scope: DeliveryScope;
  /** What the search says. */
  readonly found: RegExp;
}

const sending: DeliveryScope = { ...scope, name: 'sending', scheduled: 2 };
const redelivering: DeliveryScope = { ...scope, name: 'redelivering', redeliveries: 1, turns: false, deletion: false };

function withActs(changed: (sound: DeliveryActs) => Partial<DeliveryActs>): Design {
  return { ...soundDesign, acts: { ...deliveryActs, ...changed(deliveryActs) } };
}

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'an attempt is claimed while another sender makes it',
    design: withActs(({ claim }) => ({
      claim: (made, token) => ({
        ...claim(made, token),
        allows: (row) => row?.status === 'pending' && row.made === made && row.turn !== 'waits',
      }),
    })),
    scope: sending,
    found: /is claimed that is in progress/,
  },
  {
    name: 'a claim does not ask which attempt the message is for',
    design: withActs(({ claim }) => ({
      claim: (made, token) => ({
        ...claim(made, token),
        allows: (row) => row !== undefined && claim(row.made, token).allows(row),
      }),
    })),
    scope: sending,
    found: /for an earlier attempt/,
  },
  {
    name: 'an ended delivery is claimed',
    design: withActs(({ claim }) => ({
      claim: (made, token) => ({
        ...claim(made, token),
        allows: (row) => row !== undefined && claim(made, token).allows({ ...row, status: 'pending' }),
      }),
    })),
    scope: sending,
    found: /an ended delivery is claimed/,
  },
  {
    name: 'a result is recorded by a sender that no longer holds the lease',
    design: withActs(({ record }) => ({ record: (...args) => always(record(...args)) })),
    scope: sending,
    found: /is recorded after attempt|changes without a redelivery/,
  },
  {
    name: 'a record asks for the token alone and not for a lease that holds',
    design: withActs(({ record }) => ({
      record: (token, recorded) => ({ ...record(token, recorded), allows: (row) => row?.lease === token }),
    })),
    scope: sending,
    found: /is recorded after attempt|changes without a redelivery/,
  },
  {
    name: 'an attempt is counted before it is stored',
    design: { ...soundDesign, logsFirst: false },
    scope: sending,
    found: /is counted and not stored/,
  },
  {
    name: 'a planned retry has no due time',
    design: withActs(({ record }) => ({
      record: (token, recorded) => ({
        ...record(token, recorded),
        writes: (row) => ({ ...record(token, recorded).writes(row)!, due: false }),
      }),
    })),
    scope: sending,
    found: /nothing will look at it/,
  },
  {
    name: 'a delivery gives its lease up to whoever once had it',
    design: withActs(({ wait }) => ({ wait: (...args) => always(wait(...args)) })),
    scope: sending,
    found: /waits that nobody has claimed/,
  },
  {
    name: 'recovery queues nothing',
    design: { ...soundDesign, recovers: false },
    scope: { ...scope, name: 'recovering', turns: false, deletion: false },
    found: /can never be done/,
  },
  {
    name: 'a redelivery that arrives late opens the delivery once more',
    design: withActs(({ reopen }) => ({
      reopen: (by) => ({
        ...reopen(by),
        allows: (row) => row !== undefined && (row.status !== 'pending' || row.by === by),
      }),
    })),
    scope: redelivering,
    found: /opens a delivery twice/,
  },
  {
    name: 'the lease of an attempt is shorter than its sender',
    design: { ...soundDesign, leaseOutlastsSender: false },
    scope: sending,
    found: /two senders make an attempt at once/,
  },
];
