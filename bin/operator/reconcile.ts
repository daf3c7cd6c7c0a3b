import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { keptDays } from '../../functions/aws/settlement';
import { daysBefore, utcDay } from '../../functions/domain/day';
import type { Difference } from '../../functions/domain/reconcile-difference';
import { reconcileTenant } from '../../functions/domain/reconcile-tenant';
import { OperatorProblem } from './operator-problem';
import type { Perform } from './perform';
import { printTable } from './print-table';
import { readWholeNumber } from './read-argument';
import { requireTenant } from './require-tenant';
import type { Session } from './session';

export function addReconcile(program: CommandUnknownOpts, perform: Perform): void {
  program
    .command('reconcile')
    .description('compare counters, runs, events and deliveries with each other')
    .argument('[tenant]', 'its id; all tenants when left out')
    .option('--days <days>', 'look at what began in the last so many UTC days', readWholeNumber(1, keptDays), keptDays)
    .option('--fix', 'make good what can be, and write it to the audit log')
    .addHelpText('after', notes)
    .action(
      perform(async (session, tenantId, { days, fix = false }) => {
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
        const open = found.filter(({ outcome }) => outcome !== 'repaired');
        return {
          json: { checked, differences: found.map(viewOf) },
          text: `${tableOf(found)}\n\nLooked at ${checked.runs} runs and ${checked.deliveries} deliveries of ${checked.tenants} tenants.`,
          ...(open.length > 0 && { problem: differencesLeft(open) }),
        };
      }),
    );
}

const notes = `
Reads page by page beside live traffic. A difference that --fix cannot make good needs a person: the
README's runbook has an article for each kind. Exits with 1 while there are differences left.`;

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
    // One that no longer applies was made good by recovery in the meantime.
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
  return printTable(['tenant', 'kind', 'subject', 'expected', 'found', ''], rows, 'Everything agrees.');
}

function differencesLeft(open: readonly Found[]): OperatorProblem {
  const fixable = open.filter(({ repair }) => repair !== null).length;
  const left = open.length === 1 ? '1 difference is left.' : `${open.length} differences are left.`;
  const advice = fixable > 0 ? ` Add --fix to make ${fixable} good.` : '';
  return new OperatorProblem('differences_found', left + advice);
}
