import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { outputsOf } from '../deployment/outputs';
import type { Shell } from '../deployment/shell';
import { canaryMinuteMs, type Permissions } from '../ministack/start';
import type { Trigger } from './caller';
import type { Outcome } from './trigger-runs';
import { watchRequestsFail } from './watch-alarm';

const run = promisify(execFile);

/** The same settings as the first deployment, and the app of a release whose trigger fails. */
const deployFaulty =
  'node --require tsx/cjs bin/deploy.ts -c stage=production -c supportEmail=help@example.com -c alarmEmail=ops@example.com --require-approval never ' +
  `--app "node --require tsx/cjs test/judges/stack/release/faulty-app.ts"`;

interface Rehearsal {
  readonly stack: string;
  /** Folder in which the first deployment left its workflow, `spring-promo.json`. */
  readonly folder: string;
  readonly aws: string;
  readonly shell: Shell;
  readonly permissions: Permissions;
}

/**
 * Deploys a release whose trigger fails while a tenant's program goes on triggering. The release has to be back within its
 * window, and each trigger has to end as exactly one run that succeeds.
 *
 * @throws Error if anything else happens
 */
export async function rehearseRelease({ stack, folder, aws, shell, permissions }: Rehearsal): Promise<void> {
  const before = await liveOf(stack, aws);
  const answered: Trigger[] = [];
  const token = await makeTenant(stack, folder, shell);
  const address = (await outputsOf(stack))('DashboardUrl');
  const program = startTriggering([address, token], (trigger) => answered.push(trigger));
  const stopWatching = await watchRequestsFail(stack, answered, aws);
  permissions.admitAll();
  try {
    await shell(`if ${deployFaulty}; then echo "The release whose trigger fails went through"; exit 1; fi`);
  } finally {
    permissions.judge();
  }
  // What is in flight when the doors are back ends, and then nothing may fail any more.
  await sleep(canaryMinuteMs);
  const outcome = await program.stop();
  await stopWatching();
  requireBack(outcome, before, await liveOf(stack, aws));
}

/** A tenant of its own, because the tests leave others at their caps. @returns its token */
async function makeTenant(stack: string, folder: string, shell: Shell): Promise<string> {
  const operator = `npm run --silent operator -- --stack ${stack}`;
  const made = await shell(
    `${operator} tenants create rehearsal --name Rehearsal --plan custom\n` +
      `${operator} workflows put rehearsal ${join(folder, 'spring-promo.json')}\n` +
      `${operator} tokens create rehearsal --kind pat --name ci --scopes workflows:read,workflows:run`,
  );
  const [token] = /cwf_pat_\w+/.exec(made) ?? [];
  if (token === undefined) throw new Error('No token was printed');
  return token;
}

function startTriggering(
  args: readonly string[],
  onAnswer: (trigger: Trigger) => void,
): { stop: () => Promise<Outcome> } {
  const program = spawn(process.execPath, ['--require', 'tsx/cjs', require.resolve('./trigger-runs'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(program, 'close');
  let outcome: Outcome | undefined;
  createInterface(program.stdout).on('line', (line) => {
    const said = JSON.parse(line);
    if (said.trigger !== undefined) onAnswer(said.trigger);
    outcome = said.outcome;
  });
  return {
    stop: async () => {
      program.stdin.end();
      await ended;
      if (outcome === undefined) throw new Error('The program that triggered runs failed');
      return outcome;
    },
  };
}

/** State of the stack, and the alias through which requests reach the REST API. */
async function liveOf(stack: string, aws: string): Promise<{ status: string; version: string; weights: unknown }> {
  const ask = async (...args: string[]): Promise<any> =>
    JSON.parse((await run(aws, [...args, '--output', 'json'])).stdout);
  const { Stacks } = await ask('cloudformation', 'describe-stacks', '--stack-name', stack);
  const { Functions } = await ask('lambda', 'list-functions');
  const { FunctionName: name } = Functions.find((one: any) => one.FunctionName.startsWith(`${stack}-RestApi`));
  const alias = await ask('lambda', 'get-alias', '--function-name', name, '--name', 'live');
  return { status: Stacks[0].StackStatus, version: alias.FunctionVersion, weights: alias.RoutingConfig };
}

function requireBack(outcome: Outcome, before: { version: string }, after: Awaited<ReturnType<typeof liveOf>>): void {
  const { triggers, refused, repeated, runs, succeeded, firstRefusalAtMs = 0, lastRefusalAtMs = 0 } = outcome;
  const seconds = (lastRefusalAtMs - firstRefusalAtMs) / 1_000;
  const windowSeconds = (5 * canaryMinuteMs) / 1_000;
  console.log(
    `\nA release whose trigger fails was back ${seconds.toFixed(1)} s after its first failure, in a window of ${windowSeconds} s. ` +
      `Of ${triggers} triggers ${refused} failed; repeated with their keys, ${repeated} of those were accepted. ` +
      `${runs} runs, ${succeeded} succeeded. The stack is ${after.status}, and its API version ${after.version} as before.`,
  );
  if (refused === 0) throw new Error('No trigger met the new version');
  if (seconds > windowSeconds) throw new Error('The release was back too late');
  if (repeated !== refused || runs !== triggers || succeeded !== runs) throw new Error('A run was lost or doubled');
  if (after.status !== 'UPDATE_ROLLBACK_COMPLETE') throw new Error('The deployment was not rolled back');
  if (after.version !== before.version || (after.weights !== undefined && after.weights !== null))
    throw new Error(`The alias is not back: ${JSON.stringify(after)}`);
}
