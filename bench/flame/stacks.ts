import type { Layer, LayerOf } from './layers';
import type { Profile } from './record';

/** All calls of one function by one caller. */
export interface Stack {
  readonly name: string;
  readonly layer: Layer;
  /** Microseconds in the function and in all that it called. */
  total: number;
  /** Microseconds in the function alone. */
  self: number;
  readonly callees: Map<string, Stack>;
}

/** Time in which the process waited, or the profiler did not know what it did. */
const waits = /^\((idle|program)\)$/;

/** Adds up the samples of a profile by the functions that were being called. */
export function stacksOf({ nodes, samples = [], timeDeltas = [] }: Profile, layerOf: LayerOf): Stack {
  const selfById = new Map<number, number>();
  for (const [index, id] of samples.entries()) selfById.set(id, (selfById.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const root = emptyStack('all', 'Node');

  function add(id: number, caller: Stack): number {
    const node = byId.get(id);
    if (node === undefined || waits.test(node.callFrame.functionName)) return 0;
    const { functionName } = node.callFrame;
    const layer = layerOf(node.callFrame) ?? caller.layer;
    const key = `${layer} ${functionName}`;
    const stack = caller.callees.get(key) ?? emptyStack(functionName || '(anonymous)', layer);
    caller.callees.set(key, stack);
    const self = selfById.get(id) ?? 0;
    const total = (node.children ?? []).reduce((sum, child) => sum + add(child, stack), self);
    stack.self += self;
    stack.total += total;
    return total;
  }

  const [top] = nodes;
  for (const child of top?.children ?? []) root.total += add(child, root);
  return root;
}

/** Milliseconds for each call by whose code took them. */
export function msByLayer(root: Stack, calls: number): Map<Layer, number> {
  const sums = new Map<Layer, number>();
  const visit = ({ layer, self, callees }: Stack) => {
    sums.set(layer, (sums.get(layer) ?? 0) + self / 1000 / calls);
    callees.forEach(visit);
  };
  visit(root);
  return sums;
}

function emptyStack(name: string, layer: Layer): Stack {
  return { name, layer, total: 0, self: 0, callees: new Map() };
}
