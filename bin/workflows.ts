import { App } from 'aws-cdk-lib';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { bundleFunctions, bundlesFolder } from './bundle';
import { FirewallStack } from '../lib/firewall-stack';
import { readSettings } from '../lib/settings';
import { WorkflowsStack } from '../lib/workflows-stack';

const app = new App();
const settings = readSettings((key) => app.node.tryGetContext(key));
if (settings.part === 'firewall') {
  new FirewallStack(app, 'CoffieldWorkflowsFirewall', { settings });
} else {
  bundleFunctions();
  // `npm run build:dashboard` builds this folder. The local run serves the files itself, so its template omits them.
  const dashboardDirectory = resolve(__dirname, '..', 'dashboard', 'dist');
  const withDashboard = existsSync(dashboardDirectory) && app.node.tryGetContext('dashboardFiles') !== 'none';
  // The construct id is the same for every stage. The deployed stack is named `CoffieldWorkflows-<stage>`.
  new WorkflowsStack(app, 'CoffieldWorkflows', {
    settings,
    bundlesDirectory: bundlesFolder,
    dashboardDirectory: withDashboard ? dashboardDirectory : undefined,
  });
}
app.synth();
