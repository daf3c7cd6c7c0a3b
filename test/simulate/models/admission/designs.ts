import { always } from '../act';
import { admissionActs, type AdmissionActs } from './acts';
import type { AdmissionScope } from './model';
import type { Design } from './world';

/** The product as it is written. */
export const soundDesign: Design = {
  acts: admissionActs,
  voidsFirst: true,
  keepsKeyOfUnknown: true,
  refundsBeforeClosing: true,
  leaseOutlastsRequest: true,
};

const scope = { keyed: 0, plain: 0, passes: 0, earlier: 0, midnight: false, maxLate: 1 };

/** What `npm run models` searches. Every state of each is visited. */
export const scopes: readonly AdmissionScope[] = [
  { ...scope, name: 'one key, two requests, settlement', keyed: 2, passes: 1, caps: [2] },
  { ...scope, name: 'the last place of a cap, two requests, settlement', plain: 2, passes: 1, caps: [1] },
  { ...scope, name: 'one request, two settlements at once', plain: 1, passes: 2, caps: [1] },
  { ...scope, name: 'an operator changes the cap, midnight', plain: 2, caps: [1, 2], midnight: true },
];

/** Small enough for every `npm test`. */
export const smallScopes: readonly AdmissionScope[] = [
  { ...scope, name: 'one key, two requests', keyed: 2, caps: [2] },
  { ...scope, name: 'one request, settlement', plain: 1, passes: 1, caps: [1] },
];

export interface PlantedBug {
  readonly name: string;
  readonly design: Design;
  readonly scope: AdmissionScope;
  /** What the search says. */
  readonly found: RegExp;
}

const keys: AdmissionScope = { ...scope, name: 'keys', keyed: 2, caps: [2] };
const settling: AdmissionScope = { ...scope, name: 'settling', earlier: 1, plain: 1, passes: 1, caps: [2] };
const counting: AdmissionScope = { ...scope, name: 'counting', plain: 2, caps: [1], midnight: true };

function withActs(changed: (sound: AdmissionActs) => Partial<AdmissionActs>): Design {
  return { ...soundDesign, acts: { ...admissionActs, ...changed(admissionActs) } };
}

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'a number is refunded without its void row first',
    design: { ...soundDesign, voidsFirst: false },
    scope: settling,
    found: /is refunded and not void/,
  },
  {
    name: 'a refund does not ask whether the number was refunded',
    design: withActs(({ refund }) => ({ refund: (...args) => always(refund(...args)) })),
    scope: settling,
    found: /are counted on/,
  },
  {
    name: 'a refund does not ask whether settlement has passed the number',
    design: withActs(({ refund }) => ({
      refund: (number, day) => ({
        ...refund(number, day),
        allows: (row) => row !== undefined && !row.voided.includes(number) && (row.used[day] ?? 0) > 0,
      }),
    })),
    scope: settling,
    found: /are counted on/,
  },
  {
    name: 'a void row replaces a run',
    design: withActs(({ putVoid }) => ({ putVoid: (...args) => always(putVoid(...args)) })),
    scope: settling,
    found: /becomes void/,
  },
  {
    name: 'a late run replaces a void row',
    design: withActs(({ put }) => ({ put: (...args) => always(put(...args)) })),
    scope: settling,
    found: /becomes a run|is replaced/,
  },
  {
    name: 'settlement passes numbers before they are refunded',
    design: { ...soundDesign, refundsBeforeClosing: false },
    scope: settling,
    found: /is settled and/,
  },
  {
    name: 'settlement does not ask whether another pass has settled',
    design: withActs(({ close }) => ({ close: (...args) => always(close(...args)) })),
    scope: settling,
    found: /was noted/,
  },
  {
    name: 'a tenant is forgotten although a run was counted meanwhile',
    design: withActs(({ forget }) => ({ forget: (...args) => always(forget(...args)) })),
    scope: settling,
    found: /forgets a tenant/,
  },
  {
    name: 'a count sets no due time',
    design: withActs(({ count }) => ({
      count: (day) => ({ ...count(day), writes: (row) => ({ ...count(day).writes(row)!, due: row!.due }) }),
    })),
    scope: settling,
    found: /nothing will look at them/,
  },
  {
    name: 'the cap is judged when it is read, and not when it is counted',
    design: withActs(({ count }) => ({ count: (...args) => always(count(...args)) })),
    scope: counting,
    found: /above the cap/,
  },
  {
    name: 'a count does not ask whether the next day has begun',
    design: withActs(({ count }) => ({
      count: (day) => ({
        ...count(day),
        allows: (row) => row !== undefined && (row.used[day] ?? 0) < (row.cap ?? Infinity),
      }),
    })),
    scope: counting,
    found: /on a day that is over/,
  },
  {
    name: 'a key is taken by whoever comes',
    design: withActs(({ take }) => ({ take: (...args) => always(take(...args)) })),
    scope: keys,
    found: /whose lease still holds/,
  },
  {
    name: 'a key is given back although its run may have been stored',
    design: { ...soundDesign, keepsKeyOfUnknown: false },
    scope: keys,
    found: /is given back although it has a run|does not hold|two runs/,
  },
  {
    name: 'the lease of a key is shorter than its request',
    design: { ...soundDesign, leaseOutlastsRequest: false },
    scope: keys,
    found: /does not hold|two runs/,
  },
];
