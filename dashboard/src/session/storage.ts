import { storageBlocked } from './problems';

const key = 'workflows.probe';

/** @throws ApiError if the browser forbids to store anything, as it does where cookies are blocked */
export function requireStorage(): void {
  try {
    for (const store of [sessionStorage, localStorage]) {
      store.setItem(key, '');
      store.removeItem(key);
    }
  } catch {
    throw storageBlocked();
  }
}
