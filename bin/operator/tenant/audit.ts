import { Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { auditActionSchema, type AuditEvent } from '../../../functions/domain/tenant/audit';
import type { RunCommand } from '../command/run-command';
import { listPages } from '../terminal/list-pages';
import { readTime, readWholeNumber } from '../terminal/read-argument';
import { printTable, printTime } from '../terminal/table';
import { requireTenant } from './require-tenant';

/** Rows that one request reads; the filters may leave few of them. */
const pageSize = 100;

export function addAudit(program: CommandUnknownOpts, runCommand: RunCommand): void {
  program
    .command('audit')
    .description("list a tenant's changes, newest first: who made which change, when, and through which channel")
    .argument('<tenant>', 'id of the tenant')
    .addOption(new Option('--action <action>', 'only changes of this kind').choices(auditActionSchema.options))
    .option('--actor <name>', 'only changes by the person, token or operator of this name')
    .option('--target <target>', 'only changes to this thing, such as "workflow 3", "run 12" or tok_…')
    .option('--since <time>', 'only changes from this time on: 2026-11-25 or 2026-11-25T08:00:00Z', readTime)
    .option('--limit <changes>', 'how many to list at most', readWholeNumber(1, 1000), 25)
    .action(
      runCommand(async (session, tenantId, { action, actor, target, since, limit }) => {
        await requireTenant(session, tenantId);
        const matches = (event: AuditEvent) =>
          (action === undefined || event.action === action) &&
          (actor === undefined || event.actor.name === actor) &&
          (target === undefined || event.target === target);
        // One item more than asked for shows whether there are more.
        const { items } = await listPages(limit + 1, async (_left, after) => {
          const { events, next } = await session.audit.list(tenantId, pageSize, after);
          const recent = events.filter(({ at }) => since === undefined || at >= since);
          // Events come newest first: once one is too old, all that follow are too.
          return { items: recent.filter(matches), next: recent.length < events.length ? undefined : next };
        });
        const shown = items.slice(0, limit);
        const hasMore = items.length > limit;
        const table = printTable(['at', 'actor', 'action', 'target', 'detail'], shown.map(rowOf), 'No changes.');
        return {
          json: { data: shown, has_more: hasMore },
          text: hasMore ? `${table}\n\nThere are more: raise --limit.` : table,
        };
      }),
    );
}

function rowOf({ at, actor, action, target, detail = {} }: AuditEvent) {
  const facts = Object.entries(detail).map(([name, value]) => `${name}: ${String(value)}`);
  return [printTime(at), `${actor.name} (${actor.channel})`, action, target, facts.join(', ')];
}
