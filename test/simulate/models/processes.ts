/**
 * Processes that talk to the table by requests, any of which may be late or lost.
 *
 * Each request may take effect while its sender waits, or at any time after the sender has given up, has sent it once more
 * or has died; it may also be lost. That an answer is lost is no case of its own: a request that takes effect just after
 * its sender has given up leads to the same states.
 */
/** A request to the table. `once`: its sender never repeats it, because that could count twice. */
export interface Sendable {
  readonly text: string;
  readonly once?: boolean;
}

export interface Process<Know, Request> {
  readonly at: string;
  readonly know: Know;
  /** The request whose answer the process waits for. */
  readonly awaits: Request | undefined;
  /** Requests that are under way although nobody waits for them. */
  readonly late: readonly Request[];
}

export type Outcome = 'took effect' | 'refused' | 'no answer';

/** Where a process goes. */
export interface Next<World, Know, Request> {
  readonly at: string;
  readonly know: Know;
  readonly sends?: Request;
  /** A request whose answer changes nothing for the process. */
  readonly leaves?: Request;
  /** What the process changes outside the table, such as the queue. */
  readonly world?: World;
  readonly name?: string;
}

export interface Program<World, Know, Request> {
  /** What a process does that waits for nothing: it reads, which takes effect at once, or sends. */
  readonly go: (process: Process<Know, Request>, world: World) => readonly Next<World, Know, Request>[];
  /** What it does after an answer. */
  readonly hear: (
    process: Process<Know, Request>,
    outcome: Outcome,
    worlds: { readonly before: World; readonly after: World },
  ) => readonly Next<World, Know, Request>[];
  /** Where it is when it has ended or died. */
  readonly rest: (know: Know) => Next<World, Know, Request>;
}

/** A table that a request takes effect on. */
export type TakeEffect<World, Request> = (
  world: World,
  request: Request,
) => { readonly world: World; readonly outcome: Outcome; readonly broken: string | undefined };

export interface Moved<World, Know, Request> {
  readonly name: string;
  readonly process: Process<Know, Request>;
  readonly world: World;
  readonly broken?: string | undefined;
}

/** Everything that may happen to one process and to its requests. @param maxLate of one process at a time */
export function movesOf<World, Know, Request extends Sendable>(
  program: Program<World, Know, Request>,
  process: Process<Know, Request>,
  world: World,
  { takeEffect, maxLate }: { readonly takeEffect: TakeEffect<World, Request>; readonly maxLate: number },
): Moved<World, Know, Request>[] {
  const { awaits, late } = process;
  const moves: Moved<World, Know, Request>[] = [];
  const go = (
    name: string,
    left: Process<Know, Request>,
    nexts: readonly Next<World, Know, Request>[],
    then = world,
  ) => {
    for (const next of nexts) {
      const moved = follow(left, next);
      if (moved.late.length > maxLate) continue;
      moves.push({
        name: next.name === undefined ? name : `${name}${name && ', '}${next.name}`,
        process: moved,
        world: next.world ?? then,
      });
    }
  };

  late.forEach((request, index) => {
    if (late[index - 1]?.text === request.text) return;
    const effect = takeEffect(world, request);
    moves.push({
      name: `${request.text} arrives late${effect.outcome === 'refused' ? ' and is refused' : ''}`,
      process: { ...process, late: late.filter((_, other) => other !== index) },
      world: effect.world,
      broken: effect.broken,
    });
  });
  if (awaits === undefined) {
    go('', process, program.go(process, world));
    const rest = program.rest(process.know);
    if (rest.at !== process.at) go('dies', process, [rest]);
    return moves;
  }
  const effect = takeEffect(world, awaits);
  const worlds = { before: world, after: effect.world };
  const told = `${awaits.text} ${effect.outcome}`;
  const nexts = program.hear(process, effect.outcome, worlds);
  if (effect.broken !== undefined) moves.push({ name: told, process, world: effect.world, broken: effect.broken });
  else go(told, process, nexts, effect.world);
  const unknown = program.hear(process, 'no answer', { before: world, after: world });
  go(`${awaits.text} is lost`, process, unknown);
  go(`dies before ${awaits.text}`, process, [program.rest(process.know)]);
  const left = { ...process, late: withOne(late, awaits) };
  if (left.late.length > maxLate) return moves;
  go(`gives up on ${awaits.text}`, left, unknown);
  go(`dies during ${awaits.text}`, left, [program.rest(process.know)]);
  if (awaits.once !== true) moves.push({ name: `sends ${awaits.text} once more`, process: left, world });
  return moves;
}

function follow<World, Know, Request extends Sendable>(
  { late }: Process<Know, Request>,
  { at, know, sends, leaves }: Next<World, Know, Request>,
): Process<Know, Request> {
  return { at, know, awaits: sends, late: leaves === undefined ? late : withOne(late, leaves) };
}

/** Sorted, because the order in which requests were sent means nothing. */
function withOne<Request extends Sendable>(late: readonly Request[], one: Request): readonly Request[] {
  return [...late, one].sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)));
}
