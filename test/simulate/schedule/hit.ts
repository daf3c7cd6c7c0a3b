import { RequestFailed, type Fault } from './fault';

/** A request that a fault hits. */
export interface HitRequest<Result> {
  /** How often the SDK sends it. */
  readonly attempts: number;
  readonly perform: () => Result;
  /** Answers the sender with what this returns or throws. */
  readonly answer: (act: () => Result) => void;
}

interface Surroundings {
  /** Does this some seconds from now. */
  readonly later: (act: () => void) => void;
  /** Leaves the request under way although its sender gives up. */
  readonly abandon: () => void;
  /** Ends the process that sent it. */
  readonly die: () => void;
}

/** Does to a request what the fault says. */
export function hit<Result>(
  fault: Fault,
  { attempts, perform, answer }: HitRequest<Result>,
  { later, abandon, die }: Surroundings,
): void {
  const fail = (name: string) =>
    answer(() => {
      throw new RequestFailed(name);
    });
  switch (fault) {
    case 'refused':
      return fail('ECONNREFUSED');
    case 'throttled':
      return fail('ThrottlingException');
    case 'response_lost':
      for (let attempt = 0; attempt < attempts; attempt += 1) outcomeOf(perform);
      return fail('TimeoutError');
    case 'repeated':
      outcomeOf(perform);
      return attempts > 1 ? answer(perform) : fail('TimeoutError');
    case 'late':
      abandon();
      return fail('TimeoutError');
    case 'slow':
      return later(() => answer(perform));
    case 'answered_late': {
      const outcome = outcomeOf(perform);
      return later(() => answer(outcome));
    }
    case 'dies_before':
      return die();
    case 'dies_after':
      outcomeOf(perform);
      return die();
  }
}

/** Performs at once, and returns a function that gives the result, or throws the error, whenever it is called. */
export function outcomeOf<Result>(perform: () => Result): () => Result {
  try {
    const result = perform();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
