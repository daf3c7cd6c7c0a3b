import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Endpoint } from '../../../functions/domain/endpoint/endpoint';
import { viewEndpoint } from '../../../functions/domain/endpoint/view';
import { notFound } from '../../../functions/domain/errors';
import type { RunCommand } from '../command/run-command';
import { requireTenant } from '../tenant/require-tenant';
import { printDetails, printTable, printTime } from '../terminal/table';

export function addEndpoints(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const endpoints = program.command('endpoints').description('list and show webhook endpoints, without their secrets');

  endpoints
    .command('list')
    .description("list a tenant's webhook endpoints, newest first")
    .argument('<tenant>', 'id of the tenant')
    .action(
      runCommand(async (session, tenantId) => {
        await requireTenant(session, tenantId);
        const views = (await session.endpoints.list(tenantId)).map((endpoint) =>
          viewWithoutSecrets(endpoint, session.now()),
        );
        const rows = views.map((view) => [view.id, view.url, view.events.join(' '), view.status, view.disabled_reason]);
        return {
          json: { data: views },
          text: printTable(
            ['id', 'url', 'events', 'status', 'disabled because'],
            rows,
            `Tenant ${tenantId} has no webhook endpoints.`,
          ),
        };
      }),
    );

  endpoints
    .command('show')
    .description('show a webhook endpoint')
    .argument('<tenant>', 'id of the tenant')
    .argument('<endpoint>', 'id of the endpoint, such as ep_…')
    .action(
      runCommand(async (session, tenantId, endpointId) => {
        await requireTenant(session, tenantId);
        const endpoint = await session.endpoints.get(tenantId, endpointId);
        if (endpoint === undefined) throw notFound('endpoint');
        const view = viewWithoutSecrets(endpoint, session.now());
        return { json: view, text: printEndpoint(view) };
      }),
    );
}

/** Shows custom headers by name only: many receivers authenticate a webhook by their values. */
function viewWithoutSecrets(endpoint: Endpoint, now: Date) {
  const { headers, ...view } = viewEndpoint(endpoint, now, true);
  return { ...view, header_names: Object.keys(headers) };
}

function printEndpoint(view: ReturnType<typeof viewWithoutSecrets>): string {
  return printDetails({
    id: view.id,
    url: view.url,
    events: view.events.join(' '),
    description: view.description,
    body: view.body,
    'custom headers': view.header_names.join(', '),
    'attempts a second': `${view.max_per_second} at most`,
    status: view.status,
    'disabled because': view.disabled_reason,
    'failing since': printTime(view.warning?.failing_since),
    'a failure disables it from': printTime(view.warning?.disables_at),
    created: printTime(view.created_at),
  });
}
