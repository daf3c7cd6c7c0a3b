import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRoutes, routeFinder } from './api/routes';
import { startApi } from './api/start-api';
import type { HttpAnswer } from './api/to-answer';
import { localAccountId, localRegion, queueClient, tableClient } from './aws-clients';
import { openDataFolder } from './data-folder';
import { startRules } from './events/start-rules';
import { openFunctionLog } from './function-log';
import { openInbox } from './inbox/open-inbox';
import { startFunctions } from './lambda/functions';
import { startMachineEngine } from './machine/start-machine-engine';
import { startMachines } from './machine/start-machines';
import { homePage } from './pages/home-page';
import type { Page } from './pages/page';
import { startEventSources } from './queue/start-event-sources';
import { createQueues, startQueueEngine } from './queue/start-queue-engine';
import { createTables } from './table/create-tables';
import { dropOpenIndex, fillOpenIndex } from './table/rebuild-open-index';
import { startTableEngine } from './table/start-table-engine';
import { buildStack, type BuiltStack } from './template/build-stack';
import { placeStack } from './template/stack';
import { readTemplate } from './template/template';
import { startUndo, type Undo } from './undo';

const projectFolder = resolve(__dirname, '..');

export interface LocalOptions {
  /** Of the API; 0 for any free one. */
  readonly port: number;
  readonly dataFolder: string;
  /** Replaces the webhook retry schedule: comma-separated seconds. */
  readonly retrySeconds?: string | undefined;
  /** What went wrong outside any request. */
  readonly report: (problem: string) => void;
  /** Another stack than the project's own. */
  readonly stack?: BuiltStack;
}

export interface Local {
  readonly apiUrl: string;
  readonly inboxUrl: string;
  /** Ends everything within about a second. What was running goes on with the next start. */
  readonly stop: () => Promise<void>;
}

/** Builds the stack if need be and runs it. Ready when this resolves; requests sent earlier wait. */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const undo = startUndo();
  try {
    return await start(options, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function start(options: LocalOptions, undo: Undo): Promise<Local> {
  const { port, dataFolder, retrySeconds, report } = options;
  const data = openDataFolder(dataFolder);
  let endedCleanly = false;
  undo.add(() => data.release(endedCleanly));
  const api = await undo.own(startApi(port), ({ stop }) => stop());

  // Synthesis takes a process of its own, so the engines start beside it.
  const [built, tableEngine, queueEngine, machineEngine, inbox] = await Promise.all([
    options.stack ?? buildStack(projectFolder),
    undo.own(
      startTableEngine(data.inside('table'), (files) => (data.endedCleanly ? undefined : dropOpenIndex(files))),
      async ({ stop }) => {
        await stop();
        endedCleanly = true;
      },
    ),
    undo.own(startQueueEngine(localRegion), ({ stop }) => stop()),
    undo.own(startMachineEngine(), ({ stop }) => stop()),
    undo.own(
      openInbox(data, port, () => Promise.resolve(undefined)),
      ({ stop }) => stop(),
    ),
  ]);

  const place = {
    region: localRegion,
    accountId: localAccountId,
    stackName: built.stackName,
    apiOrigin: api.origin,
    queueOrigin: queueEngine.endpoint,
  };
  const stack = placeStack(readTemplate(built.templateFile), place);
  const database = tableClient(tableEngine.endpoint);
  undo.add(() => database.destroy());
  const sqs = queueClient(queueEngine.endpoint);
  undo.add(() => sqs.destroy());
  const tableNames = await createTables(stack, database);
  if (!data.endedCleanly) for (const name of tableNames) await fillOpenIndex(database, name);
  await createQueues(stack, sqs);

  const functions = startFunctions(stack, {
    projectFolder,
    place,
    endpoints: { table: tableEngine.endpoint, queue: queueEngine.endpoint, machine: machineEngine.endpoint },
    localVariables: {
      LOCAL_INBOX_ORIGIN: inbox.origin,
      ...(retrySeconds !== undefined && { RETRY_SECONDS: retrySeconds }),
    },
    log: openFunctionLog(data.inside('logs', 'functions.log')),
    onError: (name, type, message) => report(`${name} failed: ${type}: ${message}`),
  });
  const rules = startRules(stack, place, functions);
  undo.add(() => rules.stop());
  const executions = await startMachines(stack, functions, rules.onStatusChange);
  undo.add(() => executions.abandon());
  machineEngine.serve(executions);
  const eventSources = startEventSources(stack, localRegion, sqs, functions, (error) => report(String(error)));
  undo.add(() => Promise.race([eventSources.stop(), sleep(1_000)]));

  const [httpApi] = stack.resources('AWS::ApiGatewayV2::Api');
  const homeLinks = { inboxUrl: inbox.origin, connectionFile: data.inside('connection.json') };
  api.serve({
    accountId: localAccountId,
    apiId: httpApi?.ref ?? 'local',
    findRoute: routeFinder(readRoutes(stack, functions)),
    findPage: (method, path) => (method === 'GET' && path === '/' ? asAnswer(homePage(homeLinks)) : undefined),
  });
  rules.startSchedules();

  return { apiUrl: api.origin, inboxUrl: inbox.origin, stop: () => undo.run() };
}

function asAnswer({ headers, text }: Page): HttpAnswer {
  return { status: 200, headers, body: Buffer.from(text) };
}
