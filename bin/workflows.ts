import { App } from 'aws-cdk-lib';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { bundleFunctions, bundlesFolder } from './bundle';
import { documentsFolder, writeDocuments } from './documents';
import { FirewallStack } from '../lib/firewall-stack';
import { readSettings } from '../lib/settings';
import { WorkflowsStack } from '../lib/workflows-stack';

/** @param onBundled is called when the functions lie in their folder and are not yet assets of the stack */
export function synthesizeApp(onBundled?: () => void): void {
  const app = new App();
  const settings = readSettings((key) => app.node.tryGetContext(key));
  if (settings.part === 'firewall') {
    new FirewallStack(app, 'CoffieldWorkflowsFirewall', { settings });
  } else {
    bundleFunctions();
    onBundled?.();
    writeDocuments();
    // The local run serves files itself, so its template omits them.
    const withFiles = app.node.tryGetContext('dashboardFiles') !== 'none';
    // `npm run build:dashboard` builds this folder.
    const dashboardDirectory = resolve(__dirname, '..', 'dashboard', 'dist');
    // The construct id is the same for every stage. The deployed stack is named `CoffieldWorkflows-<stage>`.
    new WorkflowsStack(app, 'CoffieldWorkflows', {
      settings,
      bundlesDirectory: bundlesFolder,
      documentsDirectory: withFiles ? documentsFolder : undefined,
      dashboardDirectory: withFiles && existsSync(dashboardDirectory) ? dashboardDirectory : undefined,
    });
  }
  app.synth();
}

if (require.main === module) {
  synthesizeApp();
}
