import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Writable } from 'node:stream';

/** Size at which a new file begins. The previous file is kept, so the log never takes more than twice this. */
const limitBytes = 5 * 1024 * 1024;

/** Places in the memory that all threads share which write to one log. */
const sizeAt = 0;
const filesBegunAt = 1;

/**
 * Log file of the functions: one JSON object per line, as in CloudWatch. Lines are written synchronously, so that the
 * last line before a crash is not lost. The file stays open, because opening it takes longer than writing a line.
 *
 * @param shared what `shareFunctionLog` returned, if several threads write to the file
 */
export function openFunctionLog(file: string, shared = shareFunctionLog(file)): Writable {
  let filesBegun = Atomics.load(shared, filesBegunAt);
  let opened = openSync(file, 'a', 0o600);
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const before = Atomics.add(shared, sizeAt, chunk.byteLength);
      // Only the thread whose line crosses the limit begins a new file.
      if (before <= limitBytes && before + chunk.byteLength > limitBytes) {
        renameSync(file, `${file}.1`);
        Atomics.store(shared, sizeAt, chunk.byteLength);
        Atomics.add(shared, filesBegunAt, 1);
      }
      if (Atomics.load(shared, filesBegunAt) !== filesBegun) {
        filesBegun = Atomics.load(shared, filesBegunAt);
        closeSync(opened);
        opened = openSync(file, 'a', 0o600);
      }
      writeSync(opened, chunk);
      done();
    },
    destroy(error, done) {
      closeSync(opened);
      done(error);
    },
  });
}

/** Makes the folder of the log, and counts what an earlier local run wrote. */
export function shareFunctionLog(file: string): Int32Array {
  mkdirSync(dirname(file), { recursive: true });
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  shared[sizeAt] = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return shared;
}
