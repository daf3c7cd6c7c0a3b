/** A clock that moves only when everything that could be done at its time has been done. */
export interface VirtualTime {
  readonly nowMs: () => number;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Wraps a call that takes real time, such as one to dynalite: the clock stands still while it is made. */
  readonly during: <Result>(call: () => Promise<Result>) => Promise<Result>;
  /** Lets time pass until nothing sleeps any more, or until this time. */
  readonly run: (untilMs?: number) => Promise<void>;
}

interface Sleeper {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

export function virtualTime(startMs: number): VirtualTime {
  const sleepers: Sleeper[] = [];
  let [nowMs, order, calls] = [startMs, 0, 0];

  return {
    nowMs: () => nowMs,
    now: () => new Date(nowMs),
    sleep: (ms) => new Promise((wake) => push(sleepers, { atMs: nowMs + Math.max(0, ms), order: (order += 1), wake })),
    during: async (call) => {
      calls += 1;
      try {
        return await call();
      } finally {
        calls -= 1;
      }
    },
    run: async (untilMs = Infinity) => {
      for (;;) {
        // A turn of the event loop runs every promise that can go on.
        do await new Promise(setImmediate);
        while (calls > 0);
        const next = sleepers[0];
        if (next === undefined || next.atMs > untilMs) {
          if (untilMs !== Infinity) nowMs = Math.max(nowMs, untilMs);
          return;
        }
        nowMs = next.atMs;
        while (sleepers[0]?.atMs === nowMs) pop(sleepers).wake();
      }
    },
  };
}

function isBefore(one: Sleeper, other: Sleeper): boolean {
  return one.atMs === other.atMs ? one.order < other.order : one.atMs < other.atMs;
}

/** A binary heap, because a model of a large burst has millions of sleepers. */
function push(heap: Sleeper[], added: Sleeper): void {
  let index = heap.push(added) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(added, heap[parent]!)) break;
    heap[index] = heap[parent]!;
    index = parent;
  }
  heap[index] = added;
}

function pop(heap: Sleeper[]): Sleeper {
  const first = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return first;
  let index = 0;
  for (let child = 1; child < heap.length; child = 2 * index + 1) {
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
    if (!isBefore(heap[child]!, last)) break;
    heap[index] = heap[child]!;
    index = child;
  }
  heap[index] = last;
  return first;
}
