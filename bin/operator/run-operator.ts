import { Command, CommanderError, Option } from '@commander-js/extra-typings';
import { defaultStage, stackNameOf } from '../../functions/contract/stack';
import { productVersion } from '../../functions/contract/version';
import { performer } from './command/perform';
import { addDeadLetters } from './delivery/dead-letters';
import { addDeliveries } from './delivery/deliveries';
import { addEndpoints } from './endpoint/endpoints';
import { addReconcile } from './reconcile/reconcile';
import { addRuns } from './run/runs';
import { addAudit } from './tenant/audit';
import { addAuthoring } from './tenant/authoring';
import { addCaps } from './tenant/caps';
import { addMembers } from './tenant/members';
import { addPlans } from './tenant/plans';
import { addTenants } from './tenant/tenants';
import { addTokens } from './tenant/tokens';
import { reportFailure } from './terminal/report-failure';
import type { Terminal } from './terminal/terminal';
import { addWorkflows } from './workflow/workflows';

/** Exit codes: the command did what it says · it was refused or failed · it was called wrongly. */
const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** The operator's command line as a function. @returns the exit code */
export async function runOperator(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = newProgram(terminal);
  const perform = performer(terminal, () => program.opts());
  program.commandsGroup('Tenants:');
  for (const add of [addTenants, addPlans, addCaps, addAuthoring, addMembers, addTokens, addAudit])
    add(program, perform);
  program.commandsGroup('Workflows:');
  for (const add of [addWorkflows, addRuns]) add(program, perform);
  program.commandsGroup('Webhooks:');
  for (const add of [addEndpoints, addDeliveries, addDeadLetters]) add(program, perform);
  program.commandsGroup('Upkeep:');
  addReconcile(program, perform);
  try {
    await program.parseAsync(withHelp(args), { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Commander has said what is wrong; help that was asked for is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    terminal.err(`${reportFailure(error, program.opts().json === true)}\n`);
    return exitCodes.failed;
  }
}

/** `help tenants create` is `tenants create --help`, at any depth. */
function withHelp([first, ...rest]: readonly string[]): string[] {
  return first === 'help' ? [...rest, '--help'] : first === undefined ? ['--help'] : [first, ...rest];
}

function newProgram({ out, err, columns = 100 }: Terminal) {
  return new Command('npm run operator --')
    .description('Operates coffield-workflows, deployed to AWS or running on this machine.')
    .optionsGroup('Where:')
    .addOption(
      new Option('--local', 'the local run: the one `npm start` serves').conflicts(['stack', 'region', 'profile']),
    )
    .option('--stack <name>', 'the deployed stack', stackNameOf(defaultStage))
    .option('--region <region>', 'its AWS Region, instead of what AWS_REGION or the profile says')
    .option('--profile <name>', 'AWS profile, instead of what AWS_PROFILE says')
    .addOption(new Option('--json', 'one JSON document on stdout; problems as JSON on stderr').helpGroup('Answer:'))
    .optionsGroup('Help:')
    .version(productVersion, '--version', 'name the release')
    .addHelpOption(new Option('-h, --help', 'describe a command').helpGroup('Help:'))
    .helpCommand(false)
    .addHelpText('after', rootNotes)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: out, writeErr: err, getOutHelpWidth: () => columns, getErrHelpWidth: () => columns })
    .showHelpAfterError('Add --help to see how it is called.')
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

AWS credentials are found as the AWS CLI finds them. Every change is written to the tenant's
audit log under OPERATOR_NAME, or the name of the user at this machine.
Exit codes: 0 done, 1 refused or failed, 2 called wrongly.`;
