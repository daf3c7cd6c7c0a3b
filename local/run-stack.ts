import { setTimeout as sleep } from 'node:timers/promises';
import { readRoutes, routeFinder } from './api/routes';
import type { Api, Served } from './api/start-api';
import { localAccountId, localRegion, queueClient, tableClient } from './aws-clients';
import type { DataFolder } from './data-folder';
import { readOriginHeaders } from './distribution/origin-headers';
import { readDistribution } from './distribution/read-distribution';
import { startRules } from './events/start-rules';
import type { EngineEndpoints } from './lambda/function-environment';
import { startFunctions, type Functions } from './lambda/functions';
import { startMachineEngine } from './machine/start-machine-engine';
import { startMachines } from './machine/start-machines';
import { startHere } from './parts/here';
import { startInThreads } from './parts/in-threads';
import { startEventSources } from './queue/start-event-sources';
import { createQueues, startQueueEngine } from './queue/start-queue-engine';
import { createTables } from './table/create-tables';
import { fillOpenIndex } from './table/rebuild-open-index';
import type { BuiltStack } from './template/build-stack';
import { resolveStack, type Stack } from './template/stack';
import { readTemplate } from './template/template';
import type { OnCrash } from './thread/start-thread';
import type { Undo } from './undo';

export interface StackOptions {
  readonly projectFolder: string;
  readonly data: DataFolder;
  readonly api: Api;
  readonly issuerOrigin: string;
  /** Environment variables that functions have only in a local run. */
  readonly localVariables: Readonly<Record<string, string>>;
  readonly findPage: Served['findPage'];
  /** If given, the table and the functions have threads of their own, and this is called if one of them crashes. */
  readonly onCrash?: OnCrash | undefined;
  readonly report: (problem: string) => void;
}

export interface RunningStack {
  readonly stack: Stack;
  readonly functions: Functions;
  readonly endpoints: EngineEndpoints;
  /** Starts answering requests and running schedules. Until then, functions run only if they are called directly. */
  readonly open: () => void;
}

/** Emulates every resource of the template. This code knows CloudFormation and AWS, but nothing about the product. */
export async function runStack(
  building: Promise<BuiltStack>,
  { projectFolder, data, api, issuerOrigin, localVariables, findPage, onCrash, report }: StackOptions,
  undo: Undo,
): Promise<RunningStack> {
  // Synthesis runs in a separate process, so the engines start at the same time.
  const [built, parts, queueEngine, machineEngine] = await Promise.all([
    building,
    onCrash ? startInThreads(projectFolder, data, onCrash, undo) : startHere(data, undo),
    undo.own(startQueueEngine(localRegion), ({ stop }) => stop()),
    undo.own(startMachineEngine(), ({ stop }) => stop()),
  ]);
  const endpoints = { table: parts.tableEndpoint, queue: queueEngine.endpoint, machine: machineEngine.endpoint };
  const deployment = {
    region: localRegion,
    accountId: localAccountId,
    stackName: built.stackName,
    apiOrigin: api.origin,
    issuerOrigin,
    queueOrigin: queueEngine.endpoint,
  };
  const stack = resolveStack(readTemplate(built.templateFile), deployment);

  const database = tableClient(endpoints.table);
  undo.add(() => database.destroy());
  const sqs = queueClient(endpoints.queue);
  undo.add(() => sqs.destroy());
  const tableNames = await createTables(stack, database);
  if (!data.endedCleanly) for (const name of tableNames) await fillOpenIndex(database, name);
  await createQueues(stack, sqs);

  const functions = startFunctions(stack, {
    projectFolder,
    deployment,
    endpoints,
    localVariables,
    load: parts.loaderFor(stack),
    onError: (name, type, message) => report(`${name} failed: ${type}: ${message}`),
  });
  const rules = startRules(stack, deployment, functions);
  undo.add(() => rules.stop());
  const executions = startMachines(stack, functions, rules.onStatusChange);
  undo.add(() => executions.abandon());
  machineEngine.serve(executions);
  const eventSources = startEventSources(stack, localRegion, sqs, functions, (error) => report(String(error)));
  // Does not wait for deliveries, which may take 15 s. The lease and due time of an interrupted one are in the table.
  undo.add(() => Promise.race([eventSources.stop(), sleep(1_000)]));

  const findRoute = routeFinder(readRoutes(stack, functions));
  const originHeaders = readOriginHeaders(stack);
  const { apiAt } = readDistribution(stack);
  const [httpApi] = stack.resources('AWS::ApiGatewayV2::Api');
  return {
    stack,
    functions,
    endpoints,
    open: () => {
      api.serve({
        accountId: localAccountId,
        apiId: httpApi?.ref ?? 'local',
        findRoute,
        originHeaders,
        findPage,
        apiAt,
      });
      rules.startSchedules();
    },
  };
}
