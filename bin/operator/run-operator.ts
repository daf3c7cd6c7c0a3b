import { Command, CommanderError, Option } from '@commander-js/extra-typings';
import { defaultStage, stackNameOf } from '../../functions/contract/stack';
import { productVersion } from '../../functions/contract/version';
import { addAccessPolicy } from './access/access-policy';
import { commandRunner } from './command/run-command';
import { addDeadLetters } from './delivery/dead-letters';
import { addDeliveries } from './delivery/deliveries';
import { addEndpoints } from './endpoint/endpoints';
import { addReconcile } from './reconcile/reconcile';
import { addRestoreCheck } from './restore/restore-check';
import { addRuns } from './run/runs';
import { addApps } from './tenant/apps';
import { addAudit } from './tenant/audit';
import { addAuthoring } from './tenant/authoring';
import { addCaps } from './tenant/caps';
import { addLimits } from './tenant/limits';
import { addMembers } from './tenant/members';
import { addPlans } from './tenant/plans';
import { addTenants } from './tenant/tenants';
import { addTokens } from './tenant/tokens';
import { reportFailure } from './terminal/report-failure';
import type { Terminal } from './terminal/terminal';
import { addWorkflows } from './workflow/workflows';

/** `failed`: the command was refused or did not succeed. `usage`: its arguments were wrong, and it did nothing. */
const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** The operator's command line as a function. @returns the exit code */
export async function runOperator(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = newProgram(terminal);
  const runCommand = commandRunner(terminal, () => program.opts());
  program.commandsGroup('Tenants:');
  for (const add of [addTenants, addPlans, addCaps, addLimits, addAuthoring, addMembers, addTokens, addApps, addAudit])
    add(program, runCommand);
  program.commandsGroup('Workflows:');
  for (const add of [addWorkflows, addRuns]) add(program, runCommand);
  program.commandsGroup('Webhooks:');
  for (const add of [addEndpoints, addDeliveries, addDeadLetters]) add(program, runCommand);
  program.commandsGroup('Upkeep:');
  for (const add of [addReconcile, addRestoreCheck, addAccessPolicy]) add(program, runCommand);
  try {
    await program.parseAsync(expandHelp(args), { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Commander has printed what is wrong. It also throws after --help and --version, which are not errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    terminal.err(`${reportFailure(error, program.opts().json === true)}\n`);
    return exitCodes.failed;
  }
}

/** `help tenants create` means `tenants create --help`, at any depth; no argument at all means `--help`. */
function expandHelp([first, ...rest]: readonly string[]): string[] {
  return first === 'help' ? [...rest, '--help'] : first === undefined ? ['--help'] : [first, ...rest];
}

function newProgram({ out, err, columns = 100 }: Terminal) {
  return new Command('npm run operator --')
    .description('Operates coffield-workflows, deployed to AWS or running on this machine.')
    .optionsGroup('Deployment:')
    .addOption(
      new Option('--local', 'use the local run, which `npm start` serves').conflicts(['stack', 'region', 'profile']),
    )
    .option('--stack <name>', 'name of the deployed stack', stackNameOf(defaultStage))
    .option('--region <region>', 'AWS Region of the stack, instead of the one in AWS_REGION or the profile')
    .option('--profile <name>', 'AWS profile, instead of the one in AWS_PROFILE')
    .addOption(
      new Option('--json', 'print one JSON document to stdout, and warnings and errors as JSON to stderr').helpGroup(
        'Output:',
      ),
    )
    .optionsGroup('Help:')
    .version(productVersion, '--version', 'print the version')
    .addHelpOption(new Option('-h, --help', 'print the help of a command').helpGroup('Help:'))
    .helpCommand(false)
    .addHelpText('after', rootNotes)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: out, writeErr: err, getOutHelpWidth: () => columns, getErrHelpWidth: () => columns })
    .showHelpAfterError('Add --help to see the usage.')
    .exitOverride();
}

const rootNotes = `
Examples:
  npm run operator -- --local tenants list
  npm run operator -- tenants create acme --name "Acme Ltd" --plan growth
  npm run operator -- members add acme ada@acme.example --permission manage_agents
  npm run operator -- tokens create acme --kind mcp --name "Claude Desktop"
  npm run operator -- workflows put acme spring-promo.json
  npm run operator -- workflows export acme && npm run operator -- workflows import beta acme
  npm run operator -- runs tail acme 12 --logs
  npm run --silent operator -- runs list acme --status failed --json | jq '.data[].error'

AWS credentials are found where the AWS CLI finds them. Every change is recorded in the tenant's audit
log under the name in OPERATOR_NAME, or under your user name on this machine if that is not set.
Exit codes: 0 done, 1 refused or failed, 2 wrong arguments.`;
