import type { Json } from '../../../../functions/domain/json';
import { isObject, parseJson } from '../json';

/** Keeps what is typed into one form, so that a reload, a crash or a new sign-in does not lose it. */
export interface Keeper {
  /** @param read returns what is to be kept then, or undefined if nothing is */
  readonly keep: (read: () => unknown) => void;
  /** Keeps it now, because the page may be gone in a moment. */
  readonly flush: () => void;
  /** Forgets what is kept. */
  readonly drop: () => void;
  /** Forgets what is kept, and keeps nothing any more: it was saved, or the person left it. */
  readonly end: () => void;
}

export interface Kept {
  readonly atMs: number;
  readonly value: Json;
}

const prefix = 'workflows.draft';
const keepAfterMs = 400;
/** A browser stores some five million characters for each tab. A recipe has at most 64 KB. */
const maxCharacters = 500_000;

/** Names what is kept: one draft for each thing that a person edits in a tenant. */
export function draftKey(email: string, tenantId: string, thing: string): string {
  return `${personKey(email)}${tenantId}|${thing}`;
}

export function newKeeper(key: string, storage: Storage = sessionStorage): Keeper {
  let pending: (() => unknown) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEnded = false;
  const flush = () => {
    clearTimeout(timer);
    if (pending === undefined || isEnded) return;
    const value = pending();
    pending = undefined;
    write(storage, key, value);
  };
  const drop = () => {
    clearTimeout(timer);
    pending = undefined;
    write(storage, key, undefined);
  };
  return {
    keep: (read) => {
      pending = read;
      clearTimeout(timer);
      timer = setTimeout(flush, keepAfterMs);
    },
    flush,
    drop,
    end: () => {
      isEnded = true;
      drop();
    },
  };
}

/** What was kept under a key. What other people left in this tab is forgotten. */
export function readKept(key: string, email: string, storage: Storage = sessionStorage): Kept | undefined {
  try {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    const foreign = keys.filter((one) => one.startsWith(`${prefix}|`) && !one.startsWith(personKey(email)));
    for (const one of foreign) storage.removeItem(one);
    const kept = parseJson(storage.getItem(key) ?? 'null');
    if (!isObject(kept)) return undefined;
    const { atMs, value } = kept;
    return typeof atMs === 'number' && value !== undefined ? { atMs, value } : undefined;
  } catch {
    return undefined;
  }
}

function write(storage: Storage, key: string, value: unknown): void {
  try {
    const text = value === undefined ? '' : JSON.stringify({ atMs: Date.now(), value });
    if (text === '' || text.length > maxCharacters) storage.removeItem(key);
    else storage.setItem(key, text);
  } catch {
    // The browser stores nothing, or no more: then nothing is kept, and editing goes on.
  }
}

/** Encoded, so that no person's key begins with that of another. */
function personKey(email: string): string {
  return `${prefix}|${encodeURIComponent(email)}|`;
}
