import { resolve } from 'node:path';
import { dashboardBuild, type DashboardBuild } from '../../local/dashboard/build-dashboard';
import { findBrowser } from './find-browser';

let build: DashboardBuild | undefined;

/**
 * Begins the dashboard's build while other tests run. By jest itself: a build begun by the stack of some suite would end
 * with that suite, and the next one would begin anew.
 */
export default function beginBuild(): void {
  if (findBrowser() === undefined) return;
  build = dashboardBuild(resolve(__dirname, '..', '..'));
  build.start((problem) => process.stderr.write(`${problem}\n`));
}

export function endBuild(): void {
  build?.stop();
}
