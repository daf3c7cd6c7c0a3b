import { Level } from 'level';

/**
 * Lets every read of a table's files return in the same turn. Otherwise each waits for a thread of the pool, twice for
 * each request to dynalite, and that takes longer than the read itself, which nearly always finds its page in memory.
 *
 * This changes the package's class for the whole thread, because dynalite opens its files itself. So only a thread that
 * does nothing but serve the table may call it: a read from the disk stops everything else in the thread.
 */
export function readAtOnce(): void {
  const packageGet: unknown = Reflect.get(Level.prototype, 'get');
  if (typeof packageGet !== 'function') throw new Error('The package `level` reads in another way than expected.');
  Object.defineProperty(Level.prototype, 'get', {
    // dynalite puts a function of its own over this one.
    writable: true,
    async value(this: Level, ...asked: Parameters<Level['getSync']>): Promise<unknown> {
      if (this.status === 'open') return this.getSync(...asked);
      // Until the files are open, the package lets reads wait.
      const read: unknown = await Reflect.apply(packageGet, this, asked);
      return read;
    },
  });
}
