import { isConditionFailed, type Database } from '../../functions/aws/database';
import { interceptDatabase } from '../support/requests';

/** Milliseconds of CPU that this process has used so far, in all its threads. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Measures the CPU that our own code uses. Time within the table's client and engine is not counted, and a request that
 * was answered before is answered from memory, because the engine runs in this process and works on after it answered.
 */
export function ownCpuMeter() {
  const answers = new Map<string, unknown>();
  /** What a test prepares before the first measurement is stored. */
  let measuring = false;
  let inTable = 0;
  let outsideSince = 0;
  let spent = 0;

  async function outsideTheMeter<T>(act: () => Promise<T>): Promise<T> {
    if (inTable === 0) spent += cpuMs() - outsideSince;
    inTable += 1;
    try {
      return await act();
    } finally {
      inTable -= 1;
      if (inTable === 0) outsideSince = cpuMs();
    }
  }

  return {
    through: (database: Database) =>
      interceptDatabase(database, ({ constructor, input }, send) =>
        outsideTheMeter(async () => {
          // Writes hold new ids and times each, so they are told apart by their expressions.
          const { UpdateExpression, ConditionExpression } = input;
          const isWrite = /^(Put|Update|Delete)/.test(constructor.name);
          const request = isWrite ? { UpdateExpression, ConditionExpression } : input;
          const name = `${constructor.name} ${JSON.stringify(request)}`;
          if (measuring && answers.has(name)) return answers.get(name);
          const answer: unknown = await send().catch((error: unknown) => {
            // A read that was answered from memory may be older than what the condition compares it with.
            if (measuring && isWrite && isConditionFailed(error)) return {};
            throw error;
          });
          answers.set(name, answer);
          return answer;
        }),
      ),
    /** Milliseconds of own CPU for one call. */
    measure: async (call: () => Promise<unknown>): Promise<number> => {
      measuring = true;
      spent = 0;
      outsideSince = cpuMs();
      await call();
      return spent + cpuMs() - outsideSince;
    },
  };
}

/** A call may use this much more CPU than `JSON.parse` of the same bytes. */
export const maxRatio = 10;

/**
 * The parser copies one long string almost for nothing: 256 KB take it 0.05 ms. A call does the same fixed work for each
 * byte of every body (it decodes Base64 and UTF-8, scans for depth and for numbers, and hashes what carries an
 * Idempotency-Key) and for each request (route, caller, log line), so it is compared with the parser only beyond what
 * parsing this twice takes. A time in milliseconds would allow less on a slow machine than on a fast one.
 */
const reference = Buffer.from(JSON.stringify(Array.from({ length: 20_000 }, (_, index) => ({ n: index }))));

/** A measurement that exceeds the limit is repeated: the compiler, garbage collection and others may have added to it. */
const repetitions = 15;

/** Beyond this, five measurements are enough to be sure; it keeps a failing test from running for minutes. */
const hopelessRatio = 5 * maxRatio;

/**
 * The CPU of `call` as a multiple of the parser's, beyond that of parsing {@link reference} twice. The lowest of several
 * measurements counts, because everything else on the machine only ever adds to it.
 */
export async function ratioToParser(
  meter: Pick<ReturnType<typeof ownCpuMeter>, 'measure'>,
  json: string,
  call: () => Promise<unknown>,
): Promise<number> {
  const bytes = Buffer.from(json);
  let lowest = Infinity;
  for (let tries = 0; tries < repetitions && lowest > maxRatio; tries += 1) {
    const samples = tries === 0 ? 1 : 3;
    const parserMs = parserCpuMs(bytes, samples);
    const fixedMs = 2 * parserCpuMs(reference, samples);
    const callMs = await meter.measure(call);
    lowest = Math.min(lowest, Math.max(0, callMs - fixedMs) / parserMs);
    if (tries >= 4 && lowest > hopelessRatio) break;
  }
  return lowest;
}

/** The median of a few samples, each of so many rounds that the clock's resolution of a microsecond does not matter. */
function parserCpuMs(bytes: Buffer, samples: number): number {
  const rounds = Math.ceil(30_000 / (bytes.length + 1));
  const taken = Array.from({ length: samples }, () => {
    const before = cpuMs();
    for (let round = 0; round < rounds; round += 1) parse(bytes);
    return (cpuMs() - before) / rounds;
  });
  return Math.max(taken.sort((a, b) => a - b)[Math.floor(samples / 2)] ?? 0, 0.001);
}

/** Some of the worst values are not JSON at all; finding that out is the parser's work too. */
function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
