import { defaultStage, stackNameOf } from '../../functions/contract/stack';
import { withConcurrency, type ConcurrencyDeps } from './concurrency-setting';
import { contextOf } from './context';

/** What CloudFormation knows of a stack. */
export interface DeployedStack {
  /** Such as `CREATE_COMPLETE`: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
  readonly status: string;
  readonly terminationProtection: boolean;
}

export interface DeployDeps extends ConcurrencyDeps {
  /** The `context` of cdk.json. */
  readonly context: Readonly<Record<string, unknown>>;
  /** @returns the exit code of `cdk` */
  readonly runCdk: (args: readonly string[]) => Promise<number>;
  /** @returns undefined if there is no such stack */
  readonly describe: (stackName: string) => Promise<DeployedStack | undefined>;
  readonly liftProtection: (stackName: string) => Promise<void>;
  /** @returns why CloudFront would refuse a distribution to this account, or undefined if it would not */
  readonly askCloudFront: () => Promise<string | undefined>;
}

/**
 * Deploys the stack of a stage. A stack that does not exist yet is created without protection, so that a deployment that fails
 * leaves nothing behind and can simply be repeated; production is protected by a second deployment as soon as it exists.
 *
 * @returns the exit code
 */
export async function deployStack(args: readonly string[], deps: DeployDeps): Promise<number> {
  const context = contextOf(args, deps.context);
  const deploy = (settled: readonly string[]) => deps.runCdk(['deploy', ...settled]);
  if (context('part') === 'firewall') return deploy(args);

  const stackName = stackNameOf(context('stage') ?? defaultStage);
  const found = await describeIfAllowed(stackName, deps);
  if (found !== undefined && /^(CREATE|ROLLBACK|DELETE)_IN_PROGRESS$/.test(found.status)) {
    deps.tell(`${stackName} is ${found.status}. Wait until that has ended, and deploy again.`);
    return 1;
  }
  const settled = context('concurrency') === undefined ? await withConcurrency(args, deps) : args;
  if (found !== undefined && !isCreationFailure(found)) return deploy(settled);

  const refusal = await deps.askCloudFront();
  if (refusal !== undefined) {
    deps.tell(refusal);
    return 1;
  }
  // The CDK deletes what is left of a failed creation before it creates the stack anew.
  if (found?.terminationProtection === true) await deps.liftProtection(stackName);
  const protects = context('stage') === 'production' && context('protection') === undefined;
  const code = await deploy(protects ? [...settled, '-c', 'protection=off'] : settled);
  if (code !== 0) {
    const left = await describeIfAllowed(stackName, deps);
    const what = left === undefined ? 'before anything was created' : 'and CloudFormation takes back what it created';
    deps.tell(
      `The first deployment of ${stackName} failed, ${what}. Mend the cause that is named above, and run the same command ` +
        'again. See docs/deploy.md#when-the-first-deployment-fails.',
    );
    return code;
  }
  // Without a stack the CDK only prepared a change set, as the operator asked.
  const status = protects ? (await describeIfAllowed(stackName, deps))?.status : undefined;
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(status ?? '')) return code;
  deps.tell(`${stackName} exists. A second, short deployment protects it and its data from deletion.`);
  return deploy(settled);
}

/** A status that says that the stack never existed as a whole. */
function isCreationFailure({ status }: DeployedStack): boolean {
  return ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'REVIEW_IN_PROGRESS'].includes(status);
}

/** Whoever may not ask has a role for a stack that exists, such as the one of a pipeline. */
async function describeIfAllowed(stackName: string, deps: DeployDeps): Promise<DeployedStack | undefined> {
  try {
    return await deps.describe(stackName);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    deps.tell(
      `Warning: CloudFormation did not say whether ${stackName} exists (${why}). The deployment assumes that it does.`,
    );
    return { status: 'UNKNOWN', terminationProtection: true };
  }
}
