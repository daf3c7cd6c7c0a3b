import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { ToolNames } from '../../domain/workflow/tool/tool-names';
import { getRow, whenConditionHolds, type Database } from '../database';
import { toolNamesKey } from '../keys';

const rowSchema = z.object({
  names: z.record(z.string(), z.object({ workflow_id: z.int(), at: z.string() })),
  revision: z.int(),
});

/** The names of a tenant's tools, all in one item, so that one conditional write keeps them unique and within their limit. */
export function toolNameStore(db: Database) {
  return {
    async read(tenantId: string): Promise<ToolNames> {
      const row = await getRow(db, toolNamesKey(tenantId));
      return row === undefined ? { names: {}, revision: 0 } : rowSchema.parse(row);
    },

    /** False if they were changed since they were `seen`, or if the SDK repeated a write of its own that had succeeded. */
    write(tenantId: string, { revision }: ToolNames, names: ToolNames['names']): Promise<boolean> {
      return whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item: { ...toolNamesKey(tenantId), names, revision: revision + 1 },
            ConditionExpression: revision === 0 ? 'attribute_not_exists(pk)' : 'revision = :seen',
            ...(revision > 0 && { ExpressionAttributeValues: { ':seen': revision } }),
          }),
        ),
      );
    },
  };
}
