import type { Database } from '../../../functions/aws/database';
import { tenantStore } from '../../../functions/aws/tenant/tenants';
import { notFound } from '../../../functions/domain/errors';
import { OperatorProblem } from '../terminal/operator-problem';

/** The table that the deployment uses, and the one that a restore made of its past. */
export interface Tables {
  readonly live: Database;
  readonly restored: Database;
}

/** Opens a table beside the live one, in the same account and Region, or in the engine of the local run. */
export function tablesOf(live: Database, restoredName: string): Tables {
  if (restoredName === live.tableName)
    throw new OperatorProblem('place_not_found', `${restoredName} is the live table itself. Name the restored one.`);
  return { live, restored: { ...live, tableName: restoredName } };
}

/**
 * The tenants of both tables in order: a tenant that one of them lacks is a difference.
 *
 * @param only the one tenant to compare
 * @throws ProductError `not_found` if neither table has it
 */
export async function tenantsOf({ live, restored }: Tables, only: string | undefined): Promise<string[]> {
  const inRestored = await tenantStore(restored)
    .ids()
    .catch((error: unknown) => {
      throw isMissingTable(error) ? noSuchTable(restored.tableName, error) : error;
    });
  const ids = [...new Set([...(await tenantStore(live).ids()), ...inRestored])].sort();
  if (only === undefined) return ids;
  if (!ids.includes(only)) throw notFound('tenant');
  return [only];
}

function isMissingTable(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException';
}

function noSuchTable(name: string, cause: unknown): OperatorProblem {
  return new OperatorProblem(
    'place_not_found',
    `There is no table ${name} beside the live one, or it is still being restored: wait for it with \`aws dynamodb wait table-exists\`.`,
    cause,
  );
}
