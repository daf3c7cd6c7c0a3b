import { resolve } from 'node:path';
import { LocalProblem } from '../local/local-problem';
import { startLocal, type Local } from '../local/start-local';

/** `npm start`: runs the whole product on this machine. */
async function main(): Promise<void> {
  const port = readPort(process.env['PORT'] ?? '3000');
  const local = await startLocal({
    port,
    dataFolder: resolve(process.env['LOCAL_DATA_DIR'] ?? '.local'),
    retrySeconds: readRetrySeconds(process.env['RETRY_SECONDS']),
    buildDashboard: true,
    onCrash,
    report: (problem) => console.error(problem),
  });
  console.log(welcome(local));
  stopOnSignals(local);
}

/** Ends at once, as a crash does: what was accepted is in the table on disk, and the next start goes on with it. */
function onCrash(problem: string): void {
  console.error(`\n${problem}\n\nThe local run ends. Nothing that it accepted is lost: start it again.\n`);
  process.exit(1);
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new LocalProblem(`PORT is ${JSON.stringify(text)}; it must be a number from 0 to 65535. Try PORT=3000.`);
}

function readRetrySeconds(text: string | undefined): string | undefined {
  if (text === undefined || /^(\d{1,6}(,\d{1,6})*)?$/.test(text.replaceAll(' ', ''))) return text;
  throw new LocalProblem(`RETRY_SECONDS is ${JSON.stringify(text)}; it must be whole seconds, such as 1,2,3.`);
}

function welcome({ connection, connectionFile }: Local): string {
  const { api_url, dashboard_url, mcp_url, inbox_url, tenants } = connection;
  const { rest_token: token = '', workflows = [] } = tenants['pro'] ?? {};
  return `
Coffield Workflows runs on this machine.

  Dashboard  ${dashboard_url ?? api_url}  (one click signs in)
  API        ${api_url}/api/v1
  Reference  ${api_url}/api/v1/reference
  MCP        ${mcp_url ?? 'not available'}  (paste it into an MCP client and approve in the browser)
  Inbox      ${inbox_url}
  Token      ${token}  (for the pro tenant; others are in ${connectionFile})

Start a run, then see its webhook arrive in the inbox:

  curl -X POST -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" -d '{"input":{"campaign":"Spring Promo"}}' ${api_url}/api/v1/workflows/${workflows[0]?.id ?? 1}/runs

Press Ctrl+C to stop. Runs in progress continue at the next start.
`;
}

/** Stops properly at the first signal and exits at once at the second. */
function stopOnSignals(local: Local): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void local.stop().finally(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof LocalProblem ? `\n${error.message}\n` : error);
  process.exit(1);
});
