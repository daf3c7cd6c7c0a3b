import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { placeOf, ProductError, type Fault } from '../../../functions/domain/errors';
import { canonicalJson } from '../../../functions/domain/json';
import { trimmed } from '../../../functions/domain/text';
import { warningsOf } from '../../../functions/domain/workflow/warnings';
import type { RunCommand } from '../command/run-command';
import type { Session } from '../command/session';
import { requireTenant } from '../tenant/require-tenant';
import { resolveFromCaller } from '../terminal/from-caller';
import { OperatorProblem } from '../terminal/operator-problem';
import { printTable } from '../terminal/table';
import { readWorkflowFile, type WorkflowFile } from './read-file';
import { storedWorkflows, type StoredWorkflow } from './stored-workflows';
import { createWorkflow, replaceWorkflow, switchWorkflow } from './write-workflow';

export function addWorkflowImport(workflows: CommandUnknownOpts, runCommand: RunCommand): void {
  workflows
    .command('import')
    .description('create or update workflows from files; an existing workflow is found by its name')
    .argument('<tenant>', 'id of the tenant')
    .argument('<files...>', 'files as `export` writes them, or folders of such files')
    .option('--dry-run', 'print what would be done, and change nothing')
    .addHelpText('after', notes)
    .action(
      runCommand(async (session, tenantId, paths, { dryRun = false }) => {
        await requireTenant(session, tenantId);
        const files = await readAll(session, await filesAmong(paths, session.terminal.env));
        const planned = pairByName(files, await storedWorkflows(session, tenantId)).map(plan);
        for (const { file, write } of files) {
          for (const { pointer, detail } of warningsOf(write.recipe, ['recipe'])) {
            session.warn(`${file}${pointer}  ${detail}`);
          }
        }
        const data = [];
        for (const one of planned) data.push(dryRun ? viewOf(one) : await applyPlan(session, tenantId, one));
        const rows = data.map(({ file, outcome, id, version }) => [file, outcome, id, version]);
        const table = printTable(['file', 'outcome', 'id', 'version'], rows, 'No files.');
        return { json: { data }, text: dryRun ? `${table}\n\nNothing was changed.` : table };
      }),
    );
}

const notes = `
All files are checked before anything is written. If a workflow of the same name exists, it gets a new version when
its description, its recipe or whether it is a tool differs, is activated or deactivated when only that differs, and is left alone otherwise, so
importing twice changes nothing. Runs already accepted keep the version they started with. Nothing is ever deleted.`;

type Outcome = 'created' | 'updated' | 'activated' | 'deactivated' | 'unchanged';

interface Read {
  readonly file: string;
  readonly write: WorkflowFile;
}

interface Planned extends Read {
  readonly outcome: Outcome;
  readonly stored: StoredWorkflow | undefined;
}

async function filesAmong(paths: readonly string[], env: Session['terminal']['env']): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => jsonFilesIn(resolveFromCaller(path, env))));
  // The order in which export numbers them: -2 comes after the name without a number, and -10 after -2.
  return found.flat().sort((one, other) => stem(one).localeCompare(stem(other), 'en', { numeric: true }));
}

async function jsonFilesIn(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    return (await readdir(path)).filter((name) => name.endsWith('.json')).map((name) => join(path, name));
  } catch (error) {
    throw new OperatorProblem('file_not_readable', `${path} cannot be read: ${String(error)}.`, error);
  }
}

function stem(path: string): string {
  return basename(path, '.json');
}

/** Reads all files, and reports every fault of every file at once. */
async function readAll(session: Session, paths: readonly string[]): Promise<Read[]> {
  const read: Read[] = [];
  const refused: { code: ProductError['code']; faults: Fault[] }[] = [];
  for (const path of paths) {
    const file = basename(path);
    try {
      read.push({ file, write: await readWorkflowFile(path, session.terminal) });
    } catch (error) {
      if (!(error instanceof ProductError)) throw error;
      const { code, message } = error;
      const faults = error.faults.length > 0 ? error.faults : [{ pointer: '#', code, detail: message }];
      refused.push({
        code,
        faults: faults.map((fault) => ({
          code: fault.code,
          detail: fault.detail,
          pointer: `${file}${placeOf(fault)}`,
        })),
      });
    }
  }
  const [first] = refused;
  if (first === undefined) return read;
  throw new ProductError(first.code, `${refused.length} of ${paths.length} files are refused; nothing was imported.`, {
    faults: refused.flatMap(({ faults }) => faults),
  });
}

/** Names need not be unique: the second file of a name is paired with the tenant's second workflow of that name. */
function pairByName(files: readonly Read[], stored: readonly StoredWorkflow[]) {
  const unpaired = [...stored];
  return files.map((read) => {
    // A name that is older than the rule of names is compared as the rule writes it.
    const index = unpaired.findIndex(({ name }) => trimmed(name) === read.write.name);
    return { ...read, stored: index === -1 ? undefined : unpaired.splice(index, 1)[0] };
  });
}

function plan(pair: Read & { stored: StoredWorkflow | undefined }): Planned {
  return { ...pair, outcome: outcomeFor(pair.write, pair.stored) };
}

function outcomeFor({ description, active, tool, recipe }: WorkflowFile, stored: StoredWorkflow | undefined): Outcome {
  if (stored === undefined) return 'created';
  if (description !== stored.description || canonicalJson(recipe) !== canonicalJson(stored.recipe)) return 'updated';
  if (tool !== undefined && tool !== (stored.tool_name !== null)) return 'updated';
  if (active === undefined || active === stored.active) return 'unchanged';
  return active ? 'activated' : 'deactivated';
}

async function applyPlan(session: Session, tenantId: string, planned: Planned) {
  const { outcome, stored, write } = planned;
  if (outcome === 'unchanged') return viewOf(planned);
  if (stored === undefined) return viewOf(planned, await createWorkflow(session, tenantId, write));
  if (outcome === 'updated') return viewOf(planned, await replaceWorkflow(session, tenantId, stored.id, write));
  return viewOf(planned, await switchWorkflow(session, tenantId, stored.id, outcome === 'activated'));
}

/** Id and version are null for a workflow that a dry run would create. */
function viewOf(
  { file, write, outcome, stored }: Planned,
  written: { id: number; version: number } | undefined = stored,
) {
  return { file, name: write.name, outcome, id: written?.id ?? null, version: written?.version ?? null };
}
