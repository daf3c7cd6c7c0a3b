import { numbered } from '../numbered';
import { movesOf } from '../processes';
import type { Model, Step } from '../search';
import { claimText, counterText, numberText, type Claim } from './rows';
import { settlementProgram } from './settlement-pass';
import { triggerProgram } from './trigger';
import { brokenWorld, isSettled, takeEffect, theKey, type AdmissionProcess, type Design, type World } from './world';

/** How much of the world a search looks at. */
export interface AdmissionScope {
  readonly name: string;
  /** Requests with the same idempotency key; each is a call of its own. */
  readonly keyed: number;
  /** Requests without a key. They are alike, so states that only swap two of them are one. */
  readonly plain: number;
  /** Passes of settlement that may be at work at the same moment. */
  readonly passes: number;
  /** Runs that were settled before, of a tenant that settlement has still to forget. */
  readonly earlier: number;
  /** An operator sets these caps, as often as it likes. The first is the cap in the beginning. */
  readonly caps: readonly number[];
  /** Midnight may pass. */
  readonly midnight: boolean;
  /** Requests of one process that may be late at the same moment. */
  readonly maxLate: number;
}

export interface AdmissionState {
  readonly world: World;
  readonly processes: readonly AdmissionProcess[];
}

const days = ['2026-11-22', '2026-11-23'] as const;

export function admissionModel(scope: AdmissionScope, design: Design): Model<AdmissionState> {
  const { keyed, plain, passes, earlier } = scope;
  const programs = { trigger: triggerProgram(design), pass: settlementProgram(design) };
  const process = (at: string, name: string, key: string | null): AdmissionProcess => ({
    at,
    know: { name, key },
    awaits: undefined,
    late: [],
  });
  const times = <One>(count: number, make: (index: number) => One) =>
    Array.from({ length: count }, (_, index) => make(index));
  const initial: AdmissionState = {
    world: {
      counter: {
        cap: scope.caps[0]!,
        last: earlier,
        settled: earlier,
        noted: 0,
        used: earlier === 0 ? {} : { [days[0]]: earlier },
        before: earlier === 0 ? {} : { [days[0]]: 0 },
        voided: [],
        due: earlier > 0,
      },
      numbers: times(earlier, () => ({ kind: 'run', uid: 'earlier', key: null })),
      claim: undefined,
      day: days[0],
    },
    // Only those with a key have names of their own in the table; the others are alike.
    processes: [
      ...times(keyed, (index) => process('begun', `keyed ${index + 1}`, theKey)),
      ...times(plain, () => process('begun', 'plain', null)),
      ...times(passes, () => process('idle', 'pass', null)),
    ],
  };
  const isPass = (index: number) => index >= keyed + plain;
  const labelOf = (index: number) => {
    if (index < keyed) return `keyed trigger ${index + 1}`;
    return isPass(index) ? `settlement ${index - keyed - plain + 1}` : `trigger ${index - keyed + 1}`;
  };

  function steps({ world, processes }: AdmissionState): Step<AdmissionState>[] {
    const found = processes.flatMap((one, index) =>
      movesOf(programs[isPass(index) ? 'pass' : 'trigger'], one, world, { takeEffect, maxLate: scope.maxLate }).map(
        (moved): Step<AdmissionState> => ({
          name: `${labelOf(index)}: ${moved.name}`,
          to: { world: moved.world, processes: processes.with(index, processOf.first(moved.process)) },
          broken: moved.broken,
        }),
      ),
    );
    return [
      ...found,
      ...clockAndOperator(world, processes).map((to) => ({ name: to.name, to: { world: to.world, processes } })),
    ];
  }

  function clockAndOperator(world: World, processes: AdmissionState['processes']) {
    const { claim, counter } = world;
    const holder = processes.find(({ know }) => know.name === claim?.holder);
    const mayRunOut = !design.leaseOutlastsRequest || (holder?.at === 'ended' && holder.late.length === 0);
    return [
      ...(claim !== undefined && !claim.out && claim.result === null && mayRunOut
        ? [{ name: 'the lease of the key runs out', world: { ...world, claim: { ...claim, out: true } } }]
        : []),
      ...(scope.midnight && world.day === days[0] ? [{ name: 'midnight', world: { ...world, day: days[1] } }] : []),
      ...scope.caps
        .filter((cap) => cap !== counter.cap)
        .map((cap) => ({
          name: `operator: tenants.setCap(${cap})`,
          world: { ...world, counter: design.acts.setCap(cap).writes(counter) ?? counter },
        })),
    ];
  }

  const processOf = numbered(
    ({ at, know, awaits, late }: AdmissionProcess) =>
      `${at}|${JSON.stringify(know)}|${awaits?.text ?? ''}|${late.map(({ text }) => text).join()}`,
  );
  const counterNumber = numbered(counterText);
  const numbersNumber = numbered((numbers: World['numbers']) => numbers.map(numberText).join());
  const claimNumber = numbered((claim: Claim) => `${claimText(claim)} ${claim.out ? 'out' : ''}`);

  /** Processes that are alike are sorted, because no row names them. */
  function key({ world: { counter, numbers, claim, day }, processes }: AdmissionState): string {
    const texts = processes.map(processOf.number);
    const alike = [...ascending(texts.slice(keyed, keyed + plain)), ...ascending(texts.slice(keyed + plain))];
    const table = [
      counterNumber.number(counter),
      numbersNumber.number(numbers),
      claim ? claimNumber.number(claim) : '',
      day === days[0] ? '' : 1,
    ];
    return [...table, ...texts.slice(0, keyed), ...alike].join();
  }

  function broken({ world, processes }: AdmissionState): string | undefined {
    const wrong = brokenWorld(world);
    if (wrong !== undefined) return wrong;
    const answered = processes.find(({ know }) => {
      const row = know.accepted === undefined ? null : world.numbers[know.accepted - 1];
      return row !== null && (row?.kind !== 'run' || row.key !== know.key);
    });
    if (answered !== undefined) return `${answered.know.name} was answered 202 and has no run`;
    return isQuiet(processes) && !world.counter.due && !isSettled(world)
      ? 'all is quiet and the count is not the number of runs'
      : undefined;
  }

  // Without settlement there is nothing that could settle.
  const isDone = ({ world, processes }: AdmissionState) => (passes === 0 ? isQuiet(processes) : isSettled(world));
  return { initial, steps, key, broken, isDone };
}

function isQuiet(processes: AdmissionState['processes']): boolean {
  return processes.every(({ at, late }) => late.length === 0 && (at === 'ended' || at === 'idle'));
}

function ascending(numbers: readonly number[]): readonly number[] {
  return numbers.length < 2 ? numbers : numbers.toSorted((a, b) => a - b);
}
