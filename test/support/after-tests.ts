import { endBuild } from '../browser/begin-build';
import { findBrowser } from '../browser/find-browser';
import { endSharedRun } from '../e2e/shared-run';

/** Jest's global teardown. It runs after the summary, beside which it says what this machine could not test. */
export default async function afterTests(): Promise<void> {
  endBuild();
  await endSharedRun();
  for (const what of untested()) process.stderr.write(`Not tested on this machine: ${what}\n`);
}

function untested(): string[] {
  return [
    ...(findBrowser() === undefined
      ? ['the dashboard in a browser. Install Chrome, Chromium or Edge, or set CHROME_PATH.']
      : []),
    ...(process.env['MCP_CLIENTS'] === undefined
      ? ['the MCP clients of others. CONTRIBUTING.md says how to install them.']
      : []),
  ];
}
