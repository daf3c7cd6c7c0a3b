import { Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { deliveryStatusSchema, type Delivery, type DeliverySummary } from '../../../functions/domain/delivery/delivery';
import { viewDelivery } from '../../../functions/domain/delivery/view';
import { notFound } from '../../../functions/domain/errors';
import type { RunCommand } from '../command/run-command';
import type { Session } from '../command/session';
import { requireTenant } from '../tenant/require-tenant';
import { listPages } from '../terminal/list-pages';
import { readId, readWholeNumber } from '../terminal/read-argument';
import { printTable, printTime } from '../terminal/table';
import { printDelivery } from './print-delivery';

export function addDeliveries(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const deliveries = program
    .command('deliveries')
    .description('list webhook deliveries, and show one with its attempts');

  deliveries
    .command('list')
    .description("list a tenant's deliveries of the last 90 days, newest first")
    .argument('<tenant>', 'id of the tenant')
    .option('--run <run>', "only deliveries of this run's events", readId)
    .option('--endpoint <endpoint>', 'only deliveries to this endpoint')
    .addOption(
      new Option('--status <status>', 'only deliveries with this status').choices(deliveryStatusSchema.options),
    )
    .option('--limit <deliveries>', 'how many to list at most', readWholeNumber(1, 1000), 25)
    .action(
      runCommand(async (session, tenantId, { run, endpoint, status, limit }) => {
        await requireTenant(session, tenantId);
        const filters = { runUid: await uidOf(session, tenantId, run), endpointId: endpoint, status };
        const listed = await listPages(limit, async (left, after) => {
          const page = await session.deliveryList.list(tenantId, filters, { limit: left, after, now: session.now() });
          return { items: page.deliveries, next: page.next };
        });
        const head = ['id', 'event', 'run', 'endpoint', 'status', 'attempts', 'next attempt or reason', 'created'];
        const table = printTable(head, listed.items.map(rowOf), 'No deliveries.');
        return {
          json: { data: listed.items.map((delivery) => viewDelivery(delivery, true)), has_more: listed.hasMore },
          text: listed.hasMore ? `${table}\n\nThere are more: raise --limit.` : table,
        };
      }),
    );

  deliveries
    .command('show')
    .description('show a delivery and its attempts')
    .argument('<tenant>', 'id of the tenant')
    .argument('<delivery>', 'id of the delivery, such as dlv_…')
    .action(
      runCommand(async (session, tenantId, deliveryId) => {
        await requireTenant(session, tenantId);
        const delivery = await session.deliveries.get(tenantId, deliveryId, session.now());
        if (delivery === undefined) throw notFound('delivery');
        return {
          json: { ...viewDelivery(delivery, true), attempts: viewAttempts(delivery) },
          text: printDelivery(delivery),
        };
      }),
    );
}

async function uidOf({ runs }: Session, tenantId: string, runId: number | undefined): Promise<string | undefined> {
  if (runId === undefined) return undefined;
  const run = await runs.get(tenantId, runId);
  if (run === undefined) throw notFound('run');
  return run.uid;
}

/** Leaves out the request headers, because they may hold credentials of the tenant's receiver. */
function viewAttempts({ attempts }: Delivery) {
  return attempts.map(({ request_headers: _headers, ...attempt }) => attempt);
}

function rowOf(delivery: DeliverySummary) {
  return [
    delivery.id,
    delivery.event,
    delivery.run_id,
    delivery.endpoint_id,
    delivery.status,
    delivery.attempts_made,
    nextOrReason(delivery),
    printTime(delivery.created_at),
  ];
}

function nextOrReason({ status, waiting_until: turn, next_attempt_at: next, ended_reason: reason }: DeliverySummary) {
  if (status !== 'pending') return reason;
  return turn === undefined ? printTime(next) : `waiting for its turn until ${printTime(turn) ?? ''}`;
}
