import { runMcp } from './mcp/run-mcp';

/** `npm run mcp -- list|trigger|get`: calls the MCP server from a terminal. */
async function main(): Promise<void> {
  process.exitCode = await runMcp(process.argv.slice(2), {
    out: (written) => process.stdout.write(written),
    err: (written) => process.stderr.write(written),
    columns: process.stdout.columns,
    env: process.env,
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
