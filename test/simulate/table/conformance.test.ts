import { conditions } from '../../engines/contract/conditions';
import { indexes } from '../../engines/contract/indexes';
import { races } from '../../engines/contract/races';
import { updates } from '../../engines/contract/updates';
import type { Table } from '../../support/engines';
import { memoryTable } from './memory-table';

// What is documented of DynamoDB counts where dynalite differs from it. The other suites are about sizes, pages of 1 MB
// and numbers of 38 digits, of which the table in memory knows nothing.
const { handle } = memoryTable();
const client = { send: async (command: Parameters<typeof handle>[0]) => handle(command) };
const opened = { client, once: client, tableName: 'workflows', engine: 'memory' } as unknown as Table;

const table = () => opened;
conditions(table);
updates(table);
indexes(table);
races(table);
