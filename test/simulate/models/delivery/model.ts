import { numbered } from '../numbered';
import { movesOf } from '../processes';
import type { Model, Step } from '../search';
import { personProgram, recoveryProgram } from './others';
import { deliveryText, type DeliveryRow } from './rows';
import { attempting, workerProgram } from './worker';
import { brokenWorld, takeEffect, type DeliveryProcess, type Design, type World } from './world';

/** How much of the world a search looks at. */
export interface DeliveryScope {
  readonly name: string;
  /** Senders that may be at work at the same moment; each receives as many messages as there are. */
  readonly workers: number;
  /** Passes of recovery that may be at work at the same moment. They are alike. */
  readonly passes: number;
  /** Calls that redeliver the delivery once it has ended. */
  readonly redeliveries: number;
  /** The most attempts of the schedule. */
  readonly scheduled: number;
  /** The attempt may have to wait for its turn. */
  readonly turns: boolean;
  /** The endpoint may be deleted. */
  readonly deletion: boolean;
  /** Requests of one process that may be late at the same moment. */
  readonly maxLate: number;
}

export interface DeliveryState {
  readonly world: World;
  readonly processes: readonly DeliveryProcess[];
}

export function deliveryModel(scope: DeliveryScope, design: Design): Model<DeliveryState> {
  const { workers, passes, redeliveries, scheduled, maxLate } = scope;
  const kinds = [
    ...Array.from({ length: workers }, (_, index) => ({
      label: `sender ${index + 1}`,
      at: 'idle',
      program: workerProgram(design),
    })),
    ...Array.from({ length: redeliveries }, (_, index) => ({
      label: `person ${index + 1}`,
      at: 'begun',
      program: personProgram(design),
    })),
    ...Array.from({ length: passes }, (_, index) => ({
      label: `recovery ${index + 1}`,
      at: 'idle',
      program: recoveryProgram(design),
    })),
  ];
  const initial: DeliveryState = {
    world: {
      delivery: design.acts.put('event').writes(undefined)!,
      attempts: [],
      messages: [0],
      endpointExists: true,
      hasTurns: scope.turns,
      scheduled,
    },
    processes: kinds.map(({ label, at, program: { rest } }) => ({
      at: rest({ name: label }).at === 'idle' ? 'idle' : at,
      // Passes of recovery are alike, and no row names them.
      know: { name: label.startsWith('recovery') ? 'recovery' : label },
      awaits: undefined,
      late: [],
    })),
  };

  function steps({ world, processes }: DeliveryState): Step<DeliveryState>[] {
    const found = processes.flatMap((one, index) =>
      movesOf(kinds[index]!.program, one, world, { takeEffect, maxLate }).map((moved): Step<DeliveryState> => ({
        name: `${kinds[index]!.label}: ${moved.name}`,
        to: { world: moved.world, processes: processes.with(index, processOf.first(moved.process)) },
        broken: moved.broken,
      })),
    );
    return [
      ...found,
      ...timeAndOthers(world, processes).map(({ name, world: to }) => ({ name, to: { world: to, processes } })),
    ];
  }

  function timeAndOthers(world: World, processes: DeliveryState['processes']) {
    const { delivery, messages, endpointExists } = world;
    const changed = (name: string, change: Partial<DeliveryRow>) => ({
      name,
      world: { ...world, delivery: { ...delivery, ...change } },
    });
    const holder = processes.find(({ know }) => know.name === delivery.lease);
    const mayRunOut = !design.leaseOutlastsSender || holder?.at === 'idle';
    return [
      ...(delivery.hold === 'held' && mayRunOut ? [changed('the lease runs out', { hold: 'out' })] : []),
      ...(delivery.turn === 'waits' ? [changed('the turn comes', { turn: 'come' })] : []),
      ...messages.map((made) => ({
        name: `message ${made} is gone`,
        world: { ...world, messages: messages.filter((other) => other !== made) },
      })),
      ...(scope.deletion && endpointExists
        ? [{ name: 'the endpoint is deleted', world: { ...world, endpointExists: false } }]
        : []),
    ];
  }

  const processOf = numbered(
    ({ at, know, awaits, late }: DeliveryProcess) =>
      `${at}|${JSON.stringify(know)}|${awaits?.text ?? ''}|${late.map(({ text }) => text).join()}`,
  );
  const deliveryNumber = numbered((row: DeliveryRow) => `${deliveryText(row)} ${row.hold} ${row.turn}`);

  function key({ world: { delivery, attempts, messages, endpointExists }, processes }: DeliveryState): string {
    const texts = processes.map(processOf.number);
    const recovery = texts.splice(workers + redeliveries).sort((a, b) => a - b);
    return [
      deliveryNumber.number(delivery),
      attempts.join('.'),
      messages.join('.'),
      endpointExists ? 1 : 0,
      ...texts,
      ...recovery,
    ].join();
  }

  function broken({ world, processes }: DeliveryState): string | undefined {
    if (processes.filter(({ at }) => attempting.includes(at)).length > 1) return 'two senders make an attempt at once';
    return brokenWorld(world, redeliveries);
  }

  return { initial, steps, key, broken, isDone: ({ world: { delivery } }) => delivery.status !== 'pending' };
}
