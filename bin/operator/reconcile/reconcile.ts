import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { keptDays } from '../../../functions/aws/tenant/usage-history';
import { daysBefore, utcDay } from '../../../functions/domain/day';
import type { Difference } from '../../../functions/domain/reconcile/difference';
import { reconcileTenant } from '../../../functions/domain/reconcile/tenant';
import type { RunCommand } from '../command/run-command';
import type { Session } from '../command/session';
import { requireTenant } from '../tenant/require-tenant';
import { OperatorProblem } from '../terminal/operator-problem';
import { readWholeNumber } from '../terminal/read-argument';
import { printTable } from '../terminal/table';

export function addReconcile(program: CommandUnknownOpts, runCommand: RunCommand): void {
  program
    .command('reconcile')
    .description('compare counters, runs, events and deliveries with each other')
    .argument('[tenant]', 'id of the tenant; all tenants if left out')
    .option(
      '--days <days>',
      'check what began in this many UTC days, up to today',
      readWholeNumber(1, keptDays),
      keptDays,
    )
    .option('--fix', 'repair what can be repaired, and record it in the audit log')
    .addHelpText('after', notes)
    .action(
      runCommand(async (session, tenantId, { days, fix = false }) => {
        const tenants =
          tenantId === undefined ? await session.tenants.list() : [await requireTenant(session, tenantId)];
        const now = session.now();
        const window = { since: daysBefore(utcDay(now), days - 1), now };
        const checked = { tenants: 0, runs: 0, deliveries: 0 };
        const found: Found[] = [];
        for (const { id } of tenants) {
          const differences: Difference[] = [];
          const { runs, deliveries } = await reconcileTenant(session.reconcile.reads, id, window, (difference) =>
            differences.push(difference),
          );
          checked.tenants += 1;
          checked.runs += runs;
          checked.deliveries += deliveries;
          for (const difference of differences)
            found.push({ ...difference, outcome: fix ? await repair(session, difference) : outcomeOf(difference) });
        }
        const unrepaired = found.filter(({ outcome }) => outcome !== 'repaired');
        return {
          json: { checked, differences: found.map(viewOf) },
          text: `${tableOf(found)}\n\nChecked ${checked.runs} runs and ${checked.deliveries} deliveries of ${checked.tenants} tenants.`,
          ...(unrepaired.length > 0 && { problem: differencesLeft(unrepaired) }),
        };
      }),
    );
}

const notes = `
It reads page by page and may run during live traffic. A difference that --fix cannot repair needs a person:
docs/operate.md explains each kind. Exits with 1 if differences are left.`;

interface Found extends Difference {
  readonly outcome: 'repaired' | 'can be repaired with --fix' | 'needs a person';
}

function outcomeOf({ repair }: Difference): Found['outcome'] {
  return repair === null ? 'needs a person' : 'can be repaired with --fix';
}

async function repair(session: Session, difference: Difference): Promise<Found['outcome']> {
  const { tenantId, kind, subject, repair } = difference;
  if (repair === null) return 'needs a person';
  await session.record(
    tenantId,
    () => session.reconcile.repairs.repair(tenantId, repair, session.now()),
    // If the repair no longer applies, recovery has removed the difference in the meantime.
    (repaired) =>
      repaired ? { action: 'tenant.reconciled', target: subject, detail: { kind, repair: repair.act } } : undefined,
  );
  return 'repaired';
}

function viewOf({ tenantId, kind, subject, expected, found, outcome }: Found) {
  return { tenant: tenantId, kind, subject, expected, found, outcome };
}

function tableOf(found: readonly Found[]): string {
  const rows = found.map((difference) => Object.values(viewOf(difference)));
  return printTable(['tenant', 'kind', 'subject', 'expected', 'found', 'outcome'], rows, 'No differences.');
}

function differencesLeft(unrepaired: readonly Found[]): OperatorProblem {
  const repairable = unrepaired.filter(({ repair }) => repair !== null).length;
  const left = unrepaired.length === 1 ? '1 difference is left.' : `${unrepaired.length} differences are left.`;
  const advice = repairable > 0 ? ` Add --fix to repair ${repairable}.` : '';
  return new OperatorProblem('differences_found', left + advice);
}
