import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRecipe } from '../../../functions/domain/workflow/recipe';
import type { Perform } from '../command/perform';
import { requireTenant } from '../tenant/require-tenant';
import { fromCaller } from '../terminal/from-caller';
import { OperatorProblem } from '../terminal/operator-problem';
import { printTable } from '../terminal/table';
import { storedWorkflows, type StoredWorkflow } from './stored-workflows';

export function addWorkflowExport(workflows: CommandUnknownOpts, perform: Perform): void {
  workflows
    .command('export')
    .description('write each workflow of a tenant to a file, as `put` and `import` read it')
    .argument('<tenant>', 'its id')
    .argument('[dir]', 'where to; made if need be, and named as the tenant when left out')
    .addHelpText('after', notes)
    .action(
      perform(async (session, tenantId, dir = tenantId) => {
        await requireTenant(session, tenantId);
        const stored = await storedWorkflows(session, tenantId);
        const folder = fromCaller(dir, session.terminal.env);
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
            `Nothing more can be written to ${folder}: ${String(error)}.`,
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
A file holds name, description, whether it is active, and the recipe of the current version; no ids, no
times and no earlier versions, so that the same workflows give the same bytes in any tenant. Files are named for the
workflow, a second one of the same name with -2 behind.`;

/** Key order and layout never vary: the same workflow is the same bytes. */
function contentOf({ name, description, active, recipe }: StoredWorkflow): string {
  return `${JSON.stringify({ name, description, active, recipe: inOrder(recipe) }, null, 2)}\n`;
}

/** Its keys as the schema has them, whatever order its author wrote. One older than a rule stays as it is. */
function inOrder(recipe: unknown): unknown {
  try {
    return parseRecipe(recipe);
  } catch {
    return recipe;
  }
}

/** In the order that `import` follows, so that a tenant made from these files exports the same names again. */
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
