import { resolve } from 'node:path';
import { dashboardBuild, type DashboardBuild } from '../../local/dashboard/build-dashboard';
import { findBrowser } from './find-browser';

let build: DashboardBuild | undefined;

/**
 * Starts the dashboard's build while other tests run. A build that the stack of one suite started
 * would end with that suite, and the next suite would start it again.
 */
export default function beginBuild(): void {
  if (findBrowser() === undefined) return;
  build = dashboardBuild(resolve(__dirname, '..', '..'));
  build.start((problem) => process.stderr.write(`${problem}\n`));
}

export function endBuild(): void {
  build?.stop();
}
