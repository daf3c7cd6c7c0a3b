/** Whether the operator chose the setting, in any form that the CDK's command line accepts. */
function isChosen(args: readonly string[]): boolean {
  return args.some((arg, index) => {
    const value =
      /^(?:--context=|-c=?)(.+)$/.exec(arg)?.[1] ?? (['-c', '--context'].includes(arg) ? args[index + 1] : '');
    return value?.startsWith('concurrency=') === true;
  });
}

export interface ConcurrencyDeps {
  /** The account's quota of concurrent executions in the Region. */
  readonly askQuota: () => Promise<number>;
  readonly warn: (sentence: string) => void;
}

/**
 * The arguments for `cdk deploy`, with the account's quota of concurrent executions. A fresh account has 10 instead of the
 * usual 1,000, and CloudFormation would fail to reserve what is not there.
 */
export async function withConcurrency(args: readonly string[], deps: ConcurrencyDeps): Promise<readonly string[]> {
  if (isChosen(args)) return args;
  try {
    return [...args, '-c', `concurrency=${await deps.askQuota()}`];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    deps.warn(
      `Lambda did not say how many concurrent executions this account may have (${why}). ` +
        'The deployment assumes the usual 1,000. If it fails for that reason, repeat it with -c concurrency=<your quota>.',
    );
    return args;
  }
}
