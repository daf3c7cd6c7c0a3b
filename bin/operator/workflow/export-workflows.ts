import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRecipe } from '../../../functions/domain/workflow/parse-recipe';
import type { RunCommand } from '../command/run-command';
import { requireTenant } from '../tenant/require-tenant';
import { resolveFromCaller } from '../terminal/from-caller';
import { OperatorProblem } from '../terminal/operator-problem';
import { printTable } from '../terminal/table';
import { storedWorkflows, type StoredWorkflow } from './stored-workflows';

export function addWorkflowExport(workflows: CommandUnknownOpts, runCommand: RunCommand): void {
  workflows
    .command('export')
    .description('write each workflow of a tenant to a file that `put` and `import` can read')
    .argument('<tenant>', 'id of the tenant')
    .argument('[dir]', 'folder to write to, created if it does not exist; the default is named after the tenant')
    .addHelpText('after', notes)
    .action(
      runCommand(async (session, tenantId, dir = tenantId) => {
        await requireTenant(session, tenantId);
        const stored = await storedWorkflows(session, tenantId);
        const folder = resolveFromCaller(dir, session.terminal.env);
        const files = nameFiles(stored);
        try {
          await mkdir(folder, { recursive: true });
          for (const { file, workflow } of files) await writeFile(join(folder, file), contentOf(workflow));
          const written = new Set(files.map(({ file }) => file));
          const others = (await readdir(folder)).filter((name) => name.endsWith('.json') && !written.has(name));
          if (others.length > 0) {
            session.warn(`${folder} also holds ${others.join(', ')}, which this export did not write.`);
          }
        } catch (error) {
          throw new OperatorProblem(
            'file_not_writable',
            `The export stopped because it could not write to ${folder}: ${String(error)}.`,
            error,
          );
        }
        const data = files.map(({ file, workflow: { id, name, version } }) => ({ file, id, name, version }));
        const rows = data.map(({ file, id, name, version }) => [file, id, name, version]);
        const table = printTable(['file', 'id', 'name', 'version'], rows, `Tenant ${tenantId} has no workflows.`);
        return { json: { directory: folder, data }, text: `${table}\n\nWritten to ${folder}.` };
      }),
    );
}

const notes = `
A file holds the name, the description, whether the workflow is active and whether it is a tool, and the recipe of its
current version.
It holds no ids, times or earlier versions, so the same workflow gives the same bytes in any tenant. A file is named
after its workflow; the second workflow of the same name gets -2 at the end.`;

/** The order of keys and the layout never vary, so that the same workflow gives the same bytes. */
function contentOf({ name, description, active, tool_name, recipe }: StoredWorkflow): string {
  // A file without the mark is one that earlier releases read too.
  const mark = tool_name === null ? {} : { tool: true };
  return `${JSON.stringify({ name, description, active, ...mark, recipe: inSchemaOrder(recipe) }, null, 2)}\n`;
}

/** Puts the recipe's keys into the order of the schema. A recipe that breaks a rule made later stays as it is. */
function inSchemaOrder(recipe: unknown): unknown {
  try {
    return parseRecipe(recipe);
  } catch {
    return recipe;
  }
}

/** Numbers the files in the order in which `import` reads them, so that another tenant exports the same names again. */
function nameFiles(stored: readonly StoredWorkflow[]): { file: string; workflow: StoredWorkflow }[] {
  const taken = new Set<string>();
  return stored.map((workflow) => {
    const slug = slugOf(workflow.name);
    let name = slug;
    for (let n = 2; taken.has(name); n += 1) name = `${slug}-${n}`;
    taken.add(name);
    return { file: `${name}.json`, workflow };
  });
}

function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? 'workflow' : slug.slice(0, 80);
}
