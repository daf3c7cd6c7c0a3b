import { Command, CommanderError, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import * as z from 'zod/mini';
import { inexactRefusal } from '../../functions/domain/inexact-refusal';
import { jsonObjectSchema, type JsonObject } from '../../functions/domain/json';
import { runPreviewSchema } from '../../functions/domain/run/preview/run';
import { runDetailViewSchema, startedRunViewSchema, stepViewSchema } from '../../functions/domain/run/view';
import { planSchema, type Plan } from '../../functions/domain/tenant/plan';
import { printRun } from '../operator/run/print-run';
import { printable, printableJson } from '../operator/terminal/printable';
import { readId, readWholeNumber } from '../operator/terminal/read-argument';
import type { Terminal } from '../operator/terminal/terminal';
import { callServer } from './call-server';
import { findServer } from './find-server';
import { listWorkflows, pageLimit, printWorkflows, workflowPageSchema } from './list-workflows';
import { McpProblem } from './mcp-problem';

const triggeredSchema = z.object({
  run_id: z.nullable(z.int()),
  replayed: z.boolean(),
  run: z.nullable(z.extend(startedRunViewSchema, { steps: z.optional(z.array(stepViewSchema)) })),
  preview: z.optional(runPreviewSchema),
});

export type McpTerminal = Pick<Terminal, 'out' | 'err' | 'columns' | 'env'>;

/**
 * Runs the command line `npm run mcp`.
 *
 * @returns the exit code: 0 for success, 1 if the call was refused or failed, 2 for wrong arguments
 */
export async function runMcp(args: readonly string[], terminal: McpTerminal): Promise<number> {
  const { out, err, env } = terminal;
  const program = newProgram(terminal);
  const call = <S extends z.ZodMiniType>(tool: string, toolArgs: Record<string, unknown>, result: S) =>
    callServer(findServer(env, program.opts().tenant), tool, toolArgs, result);
  const answer = (value: unknown, text: string): void => {
    out(`${program.opts().json === true ? printableJson(value, 2) : text}\n`);
  };

  program
    .command('list')
    .description('list the workflows (tool list_workflows)')
    .option('--cursor <text>', 'begin where an earlier list ended, with the cursor that it printed')
    .action(async ({ cursor: from }) => {
      const readPage = (cursor: string | undefined) =>
        call('list_workflows', { limit: pageLimit, ...(cursor !== undefined && { cursor }) }, workflowPageSchema);
      const listed = await listWorkflows(readPage, from);
      answer(listed, printWorkflows(listed));
    });
  program
    .command('trigger')
    .description('start a run (tool trigger_workflow)')
    .argument('<workflow_id>', 'id of the workflow, as printed by `list`', readId)
    .option('--input <json>', 'JSON object with the values for {{input.…}} in the recipe', readInput)
    .option('--wait <seconds>', 'wait up to 20 seconds for the end of the run', readWholeNumber(0, 20), 0)
    .option('--key <text>', 'idempotency key: a repeated call with the same key starts no second run')
    .option('--dry-run', 'show what a run would do, without starting one')
    .action(async (workflowId, { input, wait, key, dryRun }) => {
      const triggered = await call(
        'trigger_workflow',
        {
          workflow_id: workflowId,
          wait_seconds: wait,
          ...(input !== undefined && { input }),
          ...(key !== undefined && { idempotency_key: key }),
          ...(dryRun === true && { dry_run: true }),
        },
        triggeredSchema,
      );
      answer(triggered, printTriggered(triggered));
    });
  program
    .command('get')
    .description('show a run with its steps (tool get_workflow_run)')
    .argument('<run_id>', 'id of the run, as printed by `trigger`', readId)
    .action(async (runId) => {
      const run = await call('get_workflow_run', { run_id: runId }, runDetailViewSchema);
      answer(run, printRun(run));
    });

  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has already printed the message. Its exit code is 0 when the user asked for help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof McpProblem)) throw error;
    err(`${error.message.split('\n').map(printable).join('\n')}\n`);
    return 1;
  }
}

function newProgram({ out, err, columns = 100 }: McpTerminal) {
  return new Command('npm run mcp --')
    .description('Calls the MCP server with the official client, as an agent would.')
    .addOption(
      new Option('--tenant <plan>', 'seeded tenant of the local run, by its plan')
        .choices(planSchema.options)
        .default<Plan>('pro'),
    )
    .option('--json', "print the tool's result as JSON")
    .helpCommand(false)
    .addHelpText('after', notes)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: out, writeErr: err, getOutHelpWidth: () => columns, getErrHelpWidth: () => columns })
    .showHelpAfterError('Add --help to see the usage.')
    .exitOverride();
}

const notes = `
Examples, while \`npm start\` is running in another terminal:
  npm run mcp -- list
  npm run mcp -- trigger 1 --input '{"campaign":"Spring Promo"}' --wait 20
  npm run mcp -- get 7

To call a deployed server, set MCP_URL and MCP_TOKEN.`;

function readInput(text: string): JsonObject {
  const input = objectIn(text);
  if (input === undefined) {
    throw new InvalidArgumentError('Must be a JSON object, such as \'{"campaign":"Spring Promo"}\'.');
  }
  // The server could not tell: it would be sent what parsing made of the text.
  const refusal = inexactRefusal(text);
  if (refusal !== undefined) throw new InvalidArgumentError(refusal.message);
  return input;
}

function objectIn(text: string): JsonObject | undefined {
  try {
    return jsonObjectSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function printTriggered({ run, replayed, preview }: z.infer<typeof triggeredSchema>): string {
  if (run === null) return `No run was started. A run would do this:\n${printableJson(preview, 2)}`;
  const { id, steps } = run;
  const started = replayed ? `An earlier call has started workflow run #${id}.` : `Workflow run #${id} is queued.`;
  if (steps === undefined) return `${started}\n\nTo read it: npm run mcp -- get ${id}`;
  return `${started}\n\n${printRun({ ...run, steps })}`;
}
