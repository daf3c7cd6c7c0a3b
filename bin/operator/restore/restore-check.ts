import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { RunCommand } from '../command/run-command';
import { OperatorProblem } from '../terminal/operator-problem';
import { readWholeNumber } from '../terminal/read-argument';
import { checkRestored } from './check-restored';
import type { TenantCheck } from './check-tenant';
import { printReport, viewOf } from './report';
import { tablesOf } from './tables';

export function addRestoreCheck(program: CommandUnknownOpts, runCommand: RunCommand): void {
  program
    .command('restore-check')
    .description('compare a restored table with the live one, before its rows are used')
    .argument('<restored-table>', 'name of the table that the restore made')
    .argument('[tenant]', 'id of the tenant; all tenants if left out')
    .option('--first <rows>', 'name this many rows of each kind', readWholeNumber(1, 1000), 5)
    .addHelpText('after', notes)
    .action(
      runCommand(async (session, restoredTable, only, { first: kept }) => {
        const tables = tablesOf(session.database, restoredTable);
        const report = await checkRestored(tables, only, { now: session.now(), kept });
        const found = report.checks.reduce((sum, check) => sum + decisionsIn(check), 0);
        return {
          json: viewOf(report),
          text: printReport(report),
          ...(found > 0 && { problem: decisionsLeft(found) }),
        };
      }),
    );
}

const notes = `
It only reads, and walks both tables partition by partition. It prints keys and names of attributes, but nothing
secret. docs/operate.md explains each kind. Exits with 1 if something must be decided before a row is copied.`;

function decisionsIn({ dangers, inconsistencies }: TenantCheck): number {
  return [...dangers, ...inconsistencies].reduce((sum, [, { count }]) => sum + count, 0);
}

function decisionsLeft(count: number): OperatorProblem {
  const things = count === 1 ? '1 difference needs' : `${count} differences need`;
  return new OperatorProblem('differences_found', `${things} a decision before rows of the restored table are used.`);
}
