import { alwaysUnreserved, concurrencyOf, reservedIn } from '../../lib/concurrency';
import { stageThrottle } from '../../functions/contract/stack';

/** What Lambda and the deployed stack say about concurrent executions. */
export interface Reservations {
  /** The account's quota in the Region. */
  readonly quota: number;
  /** What no function has reserved. */
  readonly unreserved: number;
  /** What this very stack has reserved, if it is deployed already. */
  readonly own: number;
}

export interface ConcurrencyDeps {
  readonly askReservations: () => Promise<Reservations>;
  readonly tell: (sentence: string) => void;
}

/**
 * The arguments for `cdk deploy`, with the concurrency to plan with, so that CloudFormation is never told to reserve what is
 * not there. A fresh account has 10 instead of the usual 1,000, and in any account other functions, such as those of another
 * stage, may have reserved a part.
 */
export async function withConcurrency(args: readonly string[], deps: ConcurrencyDeps): Promise<readonly string[]> {
  try {
    return [...args, '-c', `concurrency=${plan(await deps.askReservations(), deps.tell)}`];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    deps.tell(
      `Warning: Lambda did not say how many concurrent executions this account may have (${why}). ` +
        'The deployment assumes the usual 1,000. If it fails for that reason, repeat it with -c concurrency=<your quota>.',
    );
    return args;
  }
}

/**
 * A stage that has its share of the whole quota keeps it, however little others have left: otherwise two stages would take
 * shares from each other with every deployment.
 */
function plan({ quota, unreserved, own }: Reservations, tell: (sentence: string) => void): number {
  const available = unreserved + own;
  if (reservedIn(concurrencyOf(quota, stageThrottle)) <= available - alwaysUnreserved || available >= quota)
    return quota;
  tell(
    `Other functions of this account have reserved ${quota - available} of its ${quota} concurrent executions, so the ` +
      `stage plans with the ${available} that are left. See docs/deploy.md#how-many-functions-run-at-once.`,
  );
  return available;
}
