import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Writable } from 'node:stream';

/** Size at which a new file begins. The previous file is kept, so the log never takes more than twice this. */
const limitBytes = 5 * 1024 * 1024;

/**
 * Log file of the functions: one JSON object per line, as in CloudWatch. Lines are written synchronously, so that the
 * last line before a crash is not lost.
 *
 * @param size the size of the file, which all threads that write to it share
 */
export function openFunctionLog(file: string, size = functionLogSize(file)): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const before = Atomics.add(size, 0, chunk.byteLength);
      // Only the thread whose line crosses the limit begins a new file.
      if (before <= limitBytes && before + chunk.byteLength > limitBytes) {
        renameSync(file, `${file}.1`);
        Atomics.store(size, 0, chunk.byteLength);
      }
      appendFileSync(file, chunk, { mode: 0o600 });
      done();
    },
  });
}

/** Makes the folder of the log, and counts what an earlier local run wrote. */
export function functionLogSize(file: string): Int32Array {
  mkdirSync(dirname(file), { recursive: true });
  const size = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  size[0] = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return size;
}
