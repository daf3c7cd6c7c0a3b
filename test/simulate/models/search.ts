/** One thing that may happen in a state. */
export interface Step<State> {
  readonly name: string;
  readonly to: State;
  /** Why this step must not happen; undefined if it may. */
  readonly broken?: string | undefined;
}

export interface Model<State> {
  readonly initial: State;
  readonly steps: (state: State) => readonly Step<State>[];
  /** Equal for states that behave alike, and only for those. */
  readonly key: (state: State) => string;
  /** The invariant that a state violates; undefined if it violates none. */
  readonly broken: (state: State) => string | undefined;
  /** Work is done here. From every state one such state must be reachable, or something is stuck for good. */
  readonly isDone: (state: State) => boolean;
}

export interface Fault {
  readonly sentence: string;
  /** The names of the steps that lead to the fault; no story is shorter. */
  readonly story: readonly string[];
}

export interface Searched {
  readonly states: number;
  readonly transitions: number;
  /** The number of steps to the state that is farthest from the first. */
  readonly depth: number;
  readonly fault: Fault | undefined;
}

/**
 * Visits every state that can be reached, nearest first, and stops at the first that violates an invariant.
 *
 * @throws Error if there are more than `maxStates`, because a search that was cut short proves nothing
 */
export function search<State>(model: Model<State>, maxStates = 2_000_000): Searched {
  const indexOf = new Map([[model.key(model.initial), 0]]);
  const parents = [-1];
  const names = [''];
  const edges: { readonly from: number[]; readonly to: number[] } = { from: [], to: [] };
  const done: number[] = model.isDone(model.initial) ? [0] : [];
  let level = [{ index: 0, state: model.initial }];
  let depth = 0;
  const storyTo = (index: number): string[] => {
    const story: string[] = [];
    for (let at = index; at > 0; at = parents[at]!) story.unshift(names[at]!);
    return story;
  };
  const found = (fault: Fault | undefined): Searched => ({
    states: indexOf.size,
    transitions: edges.to.length,
    depth,
    fault,
  });

  const brokenAtOnce = model.broken(model.initial);
  if (brokenAtOnce !== undefined) return found({ sentence: brokenAtOnce, story: [] });
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { index: from, state } of level) {
      for (const { name, to, broken } of model.steps(state)) {
        const key = model.key(to);
        const known = indexOf.get(key);
        const index = known ?? indexOf.size;
        edges.from.push(from);
        edges.to.push(index);
        if (broken !== undefined) return found({ sentence: broken, story: [...storyTo(from), name] });
        if (known !== undefined) continue;
        indexOf.set(key, index);
        parents.push(from);
        names.push(name);
        const sentence = model.broken(to);
        if (sentence !== undefined) return found({ sentence, story: storyTo(index) });
        if (model.isDone(to)) done.push(index);
        next.push({ index, state: to });
      }
    }
    if (indexOf.size > maxStates) throw new Error(`More than ${maxStates} states`);
    if (next.length > 0) depth += 1;
    level = next;
  }
  const stuck = firstStuck(indexOf.size, edges, done);
  return found(
    stuck === undefined ? undefined : { sentence: 'from here the work can never be done', story: storyTo(stuck) },
  );
}

/** The nearest state from which none of `done` can be reached: whatever is not found by walking backwards from them. */
function firstStuck(
  states: number,
  { from, to }: { readonly from: readonly number[]; readonly to: readonly number[] },
  done: readonly number[],
): number | undefined {
  // The edges into state s are those at `into[starts[s]]` up to `into[starts[s + 1]]`.
  const starts = new Uint32Array(states + 1);
  for (const state of to) starts[state + 1]! += 1;
  for (let state = 0; state < states; state += 1) starts[state + 1]! += starts[state]!;
  const filled = starts.slice();
  const into = new Uint32Array(to.length);
  to.forEach((state, edge) => (into[filled[state]!++] = from[edge]!));

  const isReached = new Uint8Array(states);
  const open = [...done];
  for (const state of open) isReached[state] = 1;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (let edge = starts[state]!; edge < starts[state + 1]!; edge += 1) {
      const before = into[edge]!;
      if (isReached[before] === 1) continue;
      isReached[before] = 1;
      open.push(before);
    }
  }
  const stuck = isReached.indexOf(0);
  return stuck === -1 ? undefined : stuck;
}
