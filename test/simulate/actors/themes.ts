import type { GroundName } from '../deployment/ground-plans';
import { callersActs } from './callers';
import { machineryActs } from './machinery';
import { managersActs } from './managers';
import { meetings } from './meetings';
import { operatorsActs } from './operators';
import type { Act } from './scene';

/** Every act. */
export const acts = {
  ...callersActs,
  ...managersActs,
  ...operatorsActs,
  ...machineryActs,
  ...meetings,
} satisfies Readonly<Record<string, Act>>;
type ActName = keyof typeof acts;

/**
 * What a schedule is about. Actors that may do anything rarely meet at one place; those of a theme do, because they have
 * few acts to choose from and little time between them.
 */
export interface Theme {
  /** One that is named twice happens twice as often. */
  readonly acts: readonly ActName[];
  readonly grounds: readonly GroundName[];
  /** Seconds before an act. Recovery finds what is overdue only after a minute or more. */
  readonly pauses: readonly number[];
}

const everyGround: readonly GroundName[] = [
  'one run left',
  'two runs left',
  'two segments',
  'one event',
  'nearly disabled',
  'one a second',
  'four minutes',
  'on Standard',
];

export const themes: readonly Theme[] = [
  // Who gets the last place of the day.
  {
    acts: [
      'trigger',
      'trigger',
      'trigger with a key',
      'run now in the dashboard',
      'rerun',
      'trigger over MCP',
      'read the usage',
      'list the runs',
      'lower the cap',
      'raise the cap',
      'put on starter',
      'trigger while the plan is taken away',
      'a pass of recovery',
      'two passes of recovery at once',
    ],
    grounds: ['one run left', 'two runs left'],
    pauses: [0, 0, 0, 0, 25, 65, 130],
  },
  // One key, sent again and again.
  {
    acts: [
      'trigger with a key',
      'trigger with a key',
      'use a key, and a minute later twice at once',
      'rerun',
      'trigger',
      'a pass of recovery',
      'list the runs',
    ],
    grounds: ['one run left', 'two runs left'],
    pauses: [0, 0, 0, 5, 65],
  },
  // Runs that are interrupted, restarted and cancelled.
  {
    acts: [
      'trigger',
      'trigger',
      'cancel',
      'cancel',
      'executions are lost',
      'a pass of recovery',
      'two passes of recovery at once',
      'list the runs',
      'save another recipe',
    ],
    grounds: ['two runs left', 'two segments', 'two segments', 'on Standard'],
    // The second segment begins after 20 s.
    pauses: [0, 0, 10, 20, 20, 91, 91, 130, 400],
  },
  // Long runs, which go from one execution to the next after three minutes.
  {
    acts: [
      'trigger',
      'trigger',
      'trigger, and lose the execution at the hand-over',
      'trigger, and cancel at the hand-over',
      'trigger, and have the execution go on twice',
      'executions are lost',
      'a pass of recovery',
    ],
    grounds: ['four minutes'],
    pauses: [0, 0, 30, 91, 180, 180, 330, 540],
  },
  // Runs that are counted while earlier ones are settled, which takes two passes.
  {
    acts: ['trigger', 'trigger', 'trigger during a pass of recovery', 'a pass of recovery'],
    grounds: ['two runs left', 'two segments'],
    pauses: [0, 61, 61],
  },
  // Runs that end while somebody ends or restarts them.
  {
    acts: [
      'trigger and cancel at once',
      'trigger and cancel at once',
      'trigger, and lose the execution',
      'trigger, and lose the execution',
      'cancel during a pass of recovery',
      'cancel during a pass of recovery',
    ],
    grounds: ['two runs left', 'two segments', 'on Standard'],
    pauses: [0, 0, 20, 91],
  },
  // One delivery that several people send again.
  {
    acts: ['trigger', 'two people send a delivery again', 'send a delivery again', 'send failed deliveries again'],
    grounds: ['one event'],
    pauses: [0, 5, 5],
  },
  // Deliveries that fail, wait and are sent again.
  {
    acts: [
      'trigger',
      'trigger',
      'a receiver fails',
      'a receiver fails now and then',
      'a receiver is silent',
      'a receiver hangs up',
      'a receiver asks to wait',
      'a receiver is back',
      'send a delivery again',
      'send failed deliveries again',
      'delete an endpoint',
      'disable an endpoint',
      'rotate a secret',
      'a pass of recovery',
    ],
    grounds: ['two segments', 'one event', 'one a second'],
    pauses: [0, 0, 1, 5, 25, 130, 400],
  },
  // Endpoints that are disabled by their failures, and enabled by people.
  {
    acts: [
      'trigger',
      'trigger',
      'a receiver fails',
      'a receiver fails now and then',
      'a receiver is gone',
      'a receiver is back',
      'enable an endpoint',
      'disable an endpoint',
      'move an endpoint',
      'test an endpoint',
      'trigger, and manage the endpoint meanwhile',
      'trigger, and manage the endpoint meanwhile',
      'delete an endpoint',
      'a pass of recovery',
    ],
    grounds: ['nearly disabled', 'nearly disabled', 'one event'],
    pauses: [0, 0, 0, 1, 5],
  },
  // Several people who change one endpoint.
  {
    acts: [
      'rotate a secret',
      'rotate a secret',
      'disable an endpoint',
      'disable an endpoint',
      'enable an endpoint',
      'move an endpoint',
      'test an endpoint',
      'delete an endpoint',
    ],
    grounds: ['two segments'],
    pauses: [0, 0, 0, 1],
  },
  // Whatever there is.
  {
    acts: [
      'trigger',
      'trigger',
      'trigger',
      ...namesOf(callersActs),
      ...namesOf(managersActs),
      ...namesOf(operatorsActs),
      ...namesOf(machineryActs),
    ],
    grounds: everyGround,
    pauses: [0, 1, 5, 25, 70, 130, 400],
  },
];

function namesOf<Name extends ActName>(some: Readonly<Record<Name, Act>>): Name[] {
  return Object.keys(some) as Name[];
}
