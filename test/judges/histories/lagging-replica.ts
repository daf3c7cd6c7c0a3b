import { startHistory } from '../../load/history/record';
import type { Operation } from '../../load/history/operation';
import { interceptDatabase } from '../../support/requests';
import { startRest } from '../../support/rest';

/**
 * Starts runs one after another through the real REST API, and reads the usage and the list after each.
 *
 * @param isBehind which reads of the table are answered with what the same read was answered the time before, as a
 *   replica of the table that lags behind would answer a read that is not consistent
 */
export async function readFromReplica(
  isBehind: (command: string) => boolean,
): Promise<{ readonly tenant: string; readonly operations: readonly Operation[] }> {
  const answered = new Map<string, unknown>();
  const rest = await startRest((table) =>
    interceptDatabase(table, async (command, send) => {
      const name = command.constructor.name;
      if (!isBehind(name)) return send();
      const read = JSON.stringify(command.input);
      const before = answered.get(read);
      answered.set(read, await send());
      return before ?? answered.get(read);
    }),
  );
  try {
    const { operations, record } = startHistory();
    const { id: tenant, token } = await rest.aTenant({ plan: 'custom', unlimited: true });
    const workflow = await rest.aWorkflow(tenant);
    const caller = { tenant, client: 'one after another' };
    for (let round = 0; round < 5; round += 1) {
      const key = `run ${round}`;
      await record(caller, { operation: 'trigger', key }, () =>
        rest.call('POST', `/api/v1/workflows/${workflow.id}/runs`, {
          token,
          body: {},
          headers: { 'idempotency-key': key },
        }),
      );
      await record(caller, { operation: 'usage' }, () => rest.call('GET', '/api/v1/usage', { token }));
      await record(caller, { operation: 'list' }, () => rest.call('GET', '/api/v1/workflow-runs', { token }));
    }
    return { tenant, operations };
  } finally {
    await rest.stop();
  }
}
