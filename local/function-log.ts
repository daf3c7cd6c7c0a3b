import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Writable } from 'node:stream';

/** Size at which a new file begins. The previous file is kept, so the log never takes more than twice this. */
const limitBytes = 5 * 1024 * 1024;

/**
 * Log file of the functions: one JSON object per line, as in CloudWatch. Lines are written synchronously, so that the
 * last line before a crash is not lost.
 */
export function openFunctionLog(file: string): Writable {
  mkdirSync(dirname(file), { recursive: true });
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (size + chunk.byteLength > limitBytes) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      appendFileSync(file, chunk, { mode: 0o600 });
      size += chunk.byteLength;
      done();
    },
  });
}
