import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApi, type Served } from './api/start-api';
import { connectionFile, connectionSchema, type Connection } from './connection';
import { dashboardBuild } from './dashboard/build-dashboard';
import { dashboardPages } from './dashboard/serve-dashboard';
import { openDataFolder } from './data-folder';
import { readDistribution } from './distribution/read-distribution';
import { engineAddresses, engineAddressesFile } from './engine-addresses';
import { openInbox } from './inbox/open-inbox';
import type { FindDelivery } from './inbox/senders';
import { startOnKeptPort } from './kept-port';
import { homePage } from './pages/home-page';
import { runStack } from './run-stack';
import { connectTenants } from './seed/connect-tenants';
import { findDelivery } from './seed/find-delivery';
import { seedUsers } from './seed/members';
import { seed } from './seed/seed';
import { openLocalStores } from './seed/stores';
import { readClient } from './sign-in/read-client';
import { startIssuer } from './sign-in/start-issuer';
import { buildStack } from './template/build-stack';
import type { OnCrash } from './thread/start-thread';
import { startUndo, type Undo } from './undo';

const projectFolder = resolve(__dirname, '..');

/** How long the start waits for the first recovery pass. The pass continues in the background after that. */
const recoveryHeadStartMs = 1_000;

export interface LocalOptions {
  /** Port of the API; 0 for any free port. */
  readonly port: number;
  readonly dataFolder: string;
  /** Comma-separated seconds that replace the webhook retry schedule. */
  readonly retrySeconds?: string | undefined;
  /** Builds the dashboard in the background if its files were not built from the current sources. */
  readonly buildDashboard?: boolean;
  /**
   * If given, the table and the functions have threads of their own, and this is called if one of them crashes. Nothing
   * works then any more, and only the end of the process remains.
   */
  readonly onCrash?: OnCrash;
  /** Receives problems that occur outside a request. */
  readonly report: (problem: string) => void;
}

export interface Local {
  readonly connection: Connection;
  /** Path of the file that contains `connection`. */
  readonly connectionFile: string;
  /** Stops everything within about a second. The next start resumes interrupted runs. */
  readonly stop: () => Promise<void>;
}

/** Builds the stack if necessary and runs the whole product. Requests sent before the promise resolves wait. */
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
  undo.add(() => data.release());
  const earlier = data.read(connectionFile, connectionSchema);
  const api = await undo.own(startApi(port), ({ stop }) => stop());
  const building = buildStack(projectFolder);
  // `runStack` awaits this promise later. Without a handler until then, a failed build would end the process.
  building.catch(() => undefined);

  let find: FindDelivery = () => Promise.resolve(undefined);
  const inbox = await undo.own(
    openInbox(data, port, (webhookId) => find(webhookId)),
    ({ stop }) => stop(),
  );
  const issuer = await undo.own(
    startOnKeptPort(data, 'sign-in service', port === 0 ? 0 : port + 2, (issuerPort, busyAdvice) =>
      startIssuer(data, issuerPort, busyAdvice, report),
    ),
    ({ stop }) => stop(),
  );
  const home = { inboxUrl: inbox.origin, connectionFile: data.inside(connectionFile) };
  let findPage: Served['findPage'] = () => undefined;
  const { stack, functions, endpoints, open } = await runStack(
    building,
    {
      projectFolder,
      data,
      api,
      issuerOrigin: issuer.origin,
      localVariables: {
        LOCAL_INBOX_ORIGIN: inbox.origin,
        // The template's is https, which only the deployed address is.
        PUBLIC_ORIGIN: api.origin,
        ...(retrySeconds !== undefined && { RETRY_SECONDS: retrySeconds }),
      },
      findPage: (method, path, headers) => findPage(method, path, headers),
      onCrash: options.onCrash,
      report,
    },
    undo,
  );
  const client = readClient(stack, api.origin);
  await issuer.serve(client, seedUsers);
  const build = dashboardBuild(projectFolder);
  undo.add(() => build.stop());
  findPage = dashboardPages({
    projectFolder,
    distribution: readDistribution(stack),
    config: {
      issuer: issuer.origin,
      client_id: client.id,
      scope: client.scope,
      support_email: functions.fromFolder('rest-api').environment['SUPPORT_EMAIL'] ?? '',
    },
    state: build.state,
    pageWithout: (state) => homePage(home, state),
  });
  const addresses = engineAddresses(stack, functions, endpoints);
  const stores = openLocalStores(addresses);
  undo.add(() => stores.close());
  find = (webhookId) => findDelivery(stores, webhookId, new Date());

  // The engines lose executions and messages when they stop, so recovery now resumes what the last run left open.
  const recovered = functions.fromFolder('recover-runs').invoke({ everything_is_due: true });
  await Promise.race([recovered, sleep(recoveryHeadStartMs)]);
  await seed(stores, inbox.origin, new Date());
  const connection: Connection = {
    api_url: api.origin,
    dashboard_url: `${api.origin}/`,
    mcp_url: `${api.origin}/mcp`,
    inbox_url: inbox.origin,
    inbox_endpoint_url: `${inbox.origin}/hooks/mine`,
    tenants: await connectTenants(stores, earlier?.tenants ?? {}, new Date()),
  };
  data.write(connectionFile, connection);
  data.write(engineAddressesFile, addresses);
  undo.add(() => rmSync(data.inside(engineAddressesFile), { force: true }));
  open();
  if (options.buildDashboard === true) build.start(report);

  return { connection, connectionFile: data.inside(connectionFile), stop: () => undo.run() };
}
