/** Whose inputs they are, and of which workflow. */
export interface InputOwner {
  readonly email: string;
  readonly tenantId: string;
  readonly workflowId: number;
}

const key = 'workflows.last-inputs';
/** Of 32 KB each at most, in a storage of some five million characters. */
const maxKept = 30;

/**
 * What a person entered last when they ran a workflow. It stays in this browser until they sign out, and nobody else who
 * signs in here is shown it.
 */
export function lastInputOf(owner: InputOwner, storage: Storage = localStorage): unknown {
  return read(owner.email, storage).find(([thing]) => thing === thingOf(owner))?.[1];
}

/** @param input undefined forgets it */
export function keepLastInput(owner: InputOwner, input: object | undefined, storage: Storage = localStorage): void {
  const others = read(owner.email, storage).filter(([thing]) => thing !== thingOf(owner));
  const kept = input === undefined ? others : [...others, [thingOf(owner), input]].slice(-maxKept);
  try {
    if (kept.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify({ email: owner.email, inputs: kept }));
  } catch {
    // The browser stores no more. Then the next run starts with empty fields.
  }
}

/** Call when the person signs out. */
export function forgetLastInputs(storage: Storage = localStorage): void {
  storage.removeItem(key);
}

/** What one person entered, the latest last. An earlier release may have kept it, so nothing is taken for granted. */
function read(email: string, storage: Storage): [thing: string, input: unknown][] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return [];
    const inputs: unknown = Reflect.get(kept, 'inputs');
    if (Reflect.get(kept, 'email') !== email || !Array.isArray(inputs)) return [];
    return inputs.flatMap((entry: unknown): [string, unknown][] => {
      if (!Array.isArray(entry)) return [];
      const thing: unknown = entry[0];
      return typeof thing === 'string' ? [[thing, entry[1]]] : [];
    });
  } catch {
    return [];
  }
}

function thingOf({ tenantId, workflowId }: InputOwner): string {
  return `${tenantId}|${workflowId}`;
}
