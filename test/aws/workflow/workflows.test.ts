import type { Database } from '../../../functions/aws/database';
import { versionKey, workflowKey } from '../../../functions/aws/keys';
import { workflowVersionStore } from '../../../functions/aws/workflow/versions';
import { workflowStore, type WorkflowWrite } from '../../../functions/aws/workflow/workflows';
import type { Workflow } from '../../../functions/domain/workflow/workflow';
import { aLog, aRecipe, longBefore, noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';
import { interleaved, allOrders } from '../../support/interleaved';
import { breaking, connectionBroken, interceptDatabase, isNewVersion, isWrite } from '../../support/requests';
import { sampled } from '../../support/sample';
import { overwrite, putRow, rowAt, tenantWithWorkflow } from '../../support/table';

let table: Table;
beforeAll(async () => (table = await startTable()));
afterAll(() => table.stop());

const at = noon.toISOString();
const isVersionPut = ({ input }: { input: any }) => String(input.Item?.sk).startsWith('VERSION#');
const aWrite = (message: string): WorkflowWrite => ({
  name: 'Spring Promo',
  description: null,
  active: true,
  recipe: aRecipe({ steps: [aLog(message)] }),
});

/**
 * Writes a version as the REST API and the operator do: reads the workflow and retries if another writer was faster.
 */
async function replace(database: Database, tenantId: string, message: string): Promise<Workflow> {
  const workflows = workflowStore(database);
  for (let tries = 0; tries < 3; tries += 1) {
    const current = await workflows.get(tenantId, 1);
    const written = await workflows.update(tenantId, current!, aWrite(message), at);
    if (written !== undefined) return written;
  }
  throw new Error('Other writers were faster three times');
}

/** The versions that the history lists, and those up to 6 that can be read. */
async function history(tenantId: string) {
  const workflow = await workflowStore(table).get(tenantId, 1);
  const versions = workflowVersionStore(table);
  const numbers = [6, 5, 4, 3, 2, 1];
  const read = await Promise.all(numbers.map((number) => versions.get(tenantId, workflow!, number)));
  const { versions: listed } = await versions.list(tenantId, workflow!, 100);
  return {
    listed: listed.map(({ version }) => version),
    readable: read.flatMap((version) => version?.version ?? []),
    current: workflow!.version,
    currentRecipe: await workflowStore(table).recipe(tenantId, 1, workflow!.version),
  };
}

describe('the history of a workflow', () => {
  it('holds exactly the versions that were once current, at every moment and in every interleaving of two writers', async () => {
    // The writers are alike, so the first request is always the same writer's. Each needs four requests, and up to ten
    // more if the other was faster.
    const orders = allOrders([3, 4]).map((order) => [0, ...order]);
    // Each order reads the whole history after each write.
    const sample = orders.filter((_, index) => index % 5 === 0);
    for (const turns of sampled({ whole: orders, sample })) {
      const tenantId = await tenantWithWorkflow(table);
      const inForce = [1];
      const others = Array(12).fill([0, 1]).flat();

      const answers = await interleaved(
        table,
        [(database) => replace(database, tenantId, 'a'), (database) => replace(database, tenantId, 'b')],
        [...turns, ...others],
        async () => {
          const { listed, readable, current, currentRecipe } = await history(tenantId);
          if (!inForce.includes(current)) inForce.unshift(current);
          expect({ turns, listed, readable }).toEqual({ turns, listed: inForce, readable: inForce });
          expect(currentRecipe).toBeDefined();
        },
      );

      const answered = answers.map((workflow) => (workflow as Workflow).version);
      expect(answered.toSorted((a, b) => b - a).concat(1)).toEqual(inForce);
    }
  });

  it('does not show the version of a writer that crashed before its version became current', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { database } = breaking(table, 'lost request', isNewVersion);

    await expect(replace(database, tenantId, 'never in force')).rejects.toThrow('socket hang up');

    expect(await history(tenantId)).toMatchObject({ listed: [1], readable: [1] });
    expect((await replace(table, tenantId, 'next')).version).toBe(3);
    expect(await history(tenantId)).toMatchObject({ listed: [3, 1], readable: [3, 1] });
  });

  it('shows the version of a writer that crashed, or lost its response, after its version became current', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { database } = breaking(table, 'lost response', isNewVersion);

    await expect(replace(database, tenantId, 'in force')).rejects.toThrow('socket hang up');

    expect(await history(tenantId)).toMatchObject({ listed: [2, 1], readable: [2, 1] });
    expect((await replace(table, tenantId, 'next')).version).toBe(3);
    expect(await history(tenantId)).toMatchObject({ listed: [3, 2, 1], readable: [3, 2, 1] });
  });

  it('has one version for one write, even if the SDK retried a request whose response was lost', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const twice = interceptDatabase(table, async (command, send) => {
      const answer = await send();
      return isNewVersion(command) ? send() : answer;
    });

    expect(await replace(twice, tenantId, 'once')).toMatchObject({ version: 2 });

    expect(await history(tenantId)).toMatchObject({ listed: [2, 1], current: 2 });
  });

  it('has no gap in its numbers, even if the SDK retried every write of a new version', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const twice = interceptDatabase(table, async (command, send) => {
      if (isWrite(command)) await send();
      return send();
    });

    for (const version of [2, 3])
      expect(await replace(twice, tenantId, `version ${version}`)).toMatchObject({ version });

    expect(await history(tenantId)).toMatchObject({ listed: [3, 2, 1], readable: [3, 2, 1] });
  });

  it('keeps a version that was replaced before a delayed retry of its put arrived', async () => {
    const tenantId = await tenantWithWorkflow(table);
    let retry: () => Promise<unknown> = () => Promise.resolve();
    const delayed = interceptDatabase(table, ({ input }, send) => {
      if (isVersionPut({ input })) retry = send;
      return send();
    });
    await replace(delayed, tenantId, 'second');
    await replace(table, tenantId, 'third');

    await expect(retry()).rejects.toThrow('The conditional request failed');

    expect(await history(tenantId)).toMatchObject({ listed: [3, 2, 1], readable: [3, 2, 1] });
  });

  it('has one version for one write, even if another version followed before the retry', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const overtaken = interceptDatabase(table, async (command, send) => {
      const answer = await send();
      if (!isNewVersion(command)) return answer;
      await replace(table, tenantId, 'next');
      return send();
    });

    expect(await replace(overtaken, tenantId, 'once')).toMatchObject({ version: 2 });

    expect(await history(tenantId)).toMatchObject({ listed: [3, 2, 1], current: 3 });
  });

  it('finds a version that was replaced after the workflow was read', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const seen = await workflowStore(table).get(tenantId, 1);
    await replace(table, tenantId, 'second');
    await replace(table, tenantId, 'third');

    const versions = workflowVersionStore(table);
    expect(await versions.get(tenantId, seen!, 1)).toMatchObject({ version: 1 });
    expect(await versions.list(tenantId, seen!, 10)).toMatchObject({ versions: [{ version: 1 }] });
  });

  it('holds the versions of an earlier release, which did not mark the current ones', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const recipe = JSON.stringify(aRecipe());
    // A writer crashed after putting version 4. A version above the current one was never current.
    for (const version of [1, 2, 3, 4]) {
      await putRow(table, { ...versionKey(tenantId, 1, version), recipe, created_at: at });
    }
    await overwrite(table, workflowKey(tenantId, 1), { version: 3 });

    expect(await history(tenantId)).toMatchObject({ listed: [3, 2, 1], readable: [3, 2, 1] });
    expect((await replace(table, tenantId, 'next')).version).toBe(5);
    expect((await history(tenantId)).listed.slice(-3)).toEqual([3, 2, 1]);
  });
});

test('a new version keeps all other attributes of the workflow, such as those of a newer release', async () => {
  const tenantId = await tenantWithWorkflow(table);
  await overwrite(table, workflowKey(tenantId, 1), { pinned: true });

  await replace(table, tenantId, 'second');

  expect(await rowAt(table, workflowKey(tenantId, 1))).toMatchObject({
    pinned: true,
    version: 2,
    created_at: longBefore.toISOString(),
  });
});

test('a new workflow keeps a version that was written before the SDK retried the put of the workflow', async () => {
  const tenantId = await tenantWithWorkflow(table);
  const overtaken = interceptDatabase(table, async ({ constructor: { name }, input }, send) => {
    const answer = await send();
    if (name !== 'PutCommand' || input.Item.sk !== workflowKey(tenantId, 2).sk) return answer;
    const created = await workflowStore(table).get(tenantId, 2);
    await workflowStore(table).update(tenantId, created!, aWrite('second'), at);
    return send();
  });

  const { id } = await workflowStore(overtaken).create(tenantId, aWrite('first'), at);

  expect(await workflowStore(table).get(tenantId, id)).toMatchObject({ version: 2 });
});

test('the workflow that is returned by an activation is the one that the write left', async () => {
  const tenantId = await tenantWithWorkflow(table);
  const onlyWrites = interceptDatabase(table, (command, send) =>
    isWrite(command) ? send() : Promise.reject(connectionBroken()),
  );

  const switched = await workflowStore(onlyWrites).setMarks(tenantId, 1, { active: false }, at);

  expect(switched).toMatchObject({ id: 1, active: false, updated_at: at });
  expect(await workflowStore(table).setMarks(tenantId, 99, { active: false }, at)).toBeUndefined();
});

test('a workflow is created once even if the SDK retried the put of its recipe after a lost response', async () => {
  const tenantId = await tenantWithWorkflow(table);
  const twice = interceptDatabase(table, async ({ input }, send) => {
    const answer = await send();
    return isVersionPut({ input }) ? send() : answer;
  });

  const { id } = await workflowStore(twice).create(tenantId, aWrite('first'), at);

  expect(await workflowStore(table).get(tenantId, id)).toMatchObject({ version: 1 });
  expect(await workflowStore(table).recipe(tenantId, id, 1)).toEqual(aWrite('first').recipe);
});
