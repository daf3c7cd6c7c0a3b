import { join, resolve } from 'node:path';
import { openDatabase } from '../../functions/aws/database';
import type { FunctionName } from '../../functions/contract/functions';
import { runningPlans } from '../../functions/domain/tenant/plan';
import { localAccountId, localRegion, clientOptions, tableClient } from '../../local/aws-clients';
import { functionEnvironment } from '../../local/lambda/function-environment';
import { readFunction } from '../../local/lambda/function-resource';
import { createTables } from '../../local/table/create-tables';
import { buildStack } from '../../local/template/build-stack';
import { resolveStack } from '../../local/template/stack';
import { readTemplate } from '../../local/template/template';
import { bareBundleOf, type Bundling } from './bundle-bare';
import { startEngines } from './start-engines';

const projectFolder = resolve(__dirname, '..', '..');

/** A bundle to measure, with its environment variables. */
export interface Subject {
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/**
 * Starts what every benchmark needs: the engines with an empty table that has the stack's keys and indexes, and the
 * bundle of each function with the environment variables that the stack gives it.
 */
export async function startWorld() {
  const [built, engines] = await Promise.all([buildStack(projectFolder), startEngines()]);
  const deployment = {
    region: localRegion,
    accountId: localAccountId,
    stackName: built.stackName,
    apiOrigin: 'http://api.example',
    issuerOrigin: 'http://issuer.example',
    queueOrigin: engines.others,
  };
  const stack = resolveStack(readTemplate(built.templateFile), deployment);
  const client = tableClient(engines.table);
  const [tableName = ''] = await createTables(stack, client);
  client.destroy();
  const database = openDatabase(tableName, clientOptions(engines.table));

  function environmentOf(name: FunctionName): Record<string, string> {
    const resource = stack
      .resources('AWS::Lambda::Function')
      .map((one) => readFunction(one))
      .find((one) => one?.entry.split(/[/\\]/).includes(name));
    if (resource === undefined) throw new Error(`The stack has no function ${name}.`);
    const endpoints = { table: engines.table, queue: engines.others, machine: engines.others };
    return functionEnvironment(resource, {
      deployment,
      endpoints,
      // Benchmarks call the functions without the distribution that would add a secret.
      localVariables: { LOCAL_INBOX_ORIGIN: engines.receiver, ORIGIN_SECRETS: '' },
    });
  }

  return {
    engines,
    database,
    /** The bundle of a function as it is deployed. */
    product: (name: FunctionName): Subject => ({
      file: join(built.bundlesFolder, name, 'index.js'),
      environment: environmentOf(name),
    }),
    /** The bundle of the function's baseline, which imports none of our code and is handed the plans that may run. */
    baseline: (name: FunctionName, bundling: Bundling = 'plain'): Subject => ({
      file: bareBundleOf(name, bundling),
      environment: { ...environmentOf(name), RUNNING_PLANS: runningPlans.join(',') },
    }),
    async stop(): Promise<void> {
      database.client.destroy();
      database.once.destroy();
      await engines.stop();
    },
  };
}
