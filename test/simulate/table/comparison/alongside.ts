import type { InProcess } from '../../../engines/in-process/dynalite';
import type { Command } from '../../../faults/simulation/sdk-command';
import { memoryTable, type MemoryTable } from '../memory-table';
import { compared, type Difference } from './compare';

interface Alongside extends InProcess {
  readonly differences: readonly Difference[];
  /** The texts of all expressions that were compared. */
  readonly expressions: ReadonlySet<string>;
}

/** Answers as dynalite does, and asks a table in memory the same. */
export function alongside(dynalite: InProcess): Alongside {
  const tables = new Map<string, MemoryTable>();
  const differences: Difference[] = [];
  const expressions = new Set<string>();

  async function askBoth(command: Command): Promise<Record<string, unknown>> {
    const answers: Record<string, unknown>[] = [];
    const errors: unknown[] = [];
    const ask = async (asked: Command) => {
      try {
        const answer = await dynalite.send(asked);
        answers.push(answer);
        return answer;
      } catch (error) {
        errors.push(error);
        throw error;
      }
    };
    const { difference } = await compared(command, ask, memoryOf(command).handle);
    if (difference !== undefined) differences.push(difference);
    for (const [option, value] of Object.entries(command.input))
      if (option.endsWith('Expression') && typeof value === 'string') expressions.add(value);
    const [answer] = answers;
    if (answer === undefined) throw errors[0];
    return answer;
  }

  function memoryOf({ input }: Command): MemoryTable {
    const name: string = input['TableName'] ?? Object.keys(input['RequestItems'])[0];
    const table = tables.get(name) ?? memoryTable();
    tables.set(name, table);
    return table;
  }

  let before: Promise<unknown> = Promise.resolve();
  return {
    differences,
    expressions,
    createTable: dynalite.createTable,
    // One request after the other, so that both tables get them in the same order.
    send: (command) => {
      const answer = before.then(() => askBoth(command));
      before = answer.catch(() => undefined);
      return answer;
    },
  };
}
