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

type Hit = <Result>(request: HitRequest<Result>, around: Surroundings) => void;

const hits: Readonly<Record<Fault, Hit>> = {
  refused: (request) => {
    fail(request, 'ECONNREFUSED');
  },
  throttled: (request) => {
    fail(request, 'ThrottlingException');
  },
  response_lost: (request) => {
    for (let attempt = 0; attempt < request.attempts; attempt += 1) outcomeOf(request.perform);
    fail(request, 'TimeoutError');
  },
  repeated: (request) => {
    outcomeOf(request.perform);
    if (request.attempts > 1) request.answer(request.perform);
    else fail(request, 'TimeoutError');
  },
  overtaken: (request, { abandon }) => {
    abandon();
    if (request.attempts > 1) request.answer(request.perform);
    else fail(request, 'TimeoutError');
  },
  late: (request, { abandon }) => {
    abandon();
    fail(request, 'TimeoutError');
  },
  slow: ({ answer, perform }, { later }) => {
    later(() => {
      answer(perform);
    });
  },
  answered_late: ({ answer, perform }, { later }) => {
    const outcome = outcomeOf(perform);
    later(() => {
      answer(outcome);
    });
  },
  dies_before: (_request, { die }) => {
    die();
  },
  dies_after: ({ perform }, { die }) => {
    outcomeOf(perform);
    die();
  },
};

/** Does to a request what the fault says. */
export function hit<Result>(fault: Fault, request: HitRequest<Result>, around: Surroundings): void {
  hits[fault](request, around);
}

function fail<Result>({ answer }: HitRequest<Result>, name: string): void {
  answer(() => {
    throw new RequestFailed(name);
  });
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
