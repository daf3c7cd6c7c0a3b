import { App } from 'aws-cdk-lib';
import { bundleFunctions, bundlesFolder } from './bundle';
import { readSettings } from '../lib/settings';
import { WorkflowsStack } from '../lib/workflows-stack';

bundleFunctions();

const app = new App();
// The id stays the same on every stage; what is deployed is named `CoffieldWorkflows-<stage>`.
new WorkflowsStack(app, 'CoffieldWorkflows', {
  settings: readSettings((key) => app.node.tryGetContext(key)),
  bundlesDirectory: bundlesFolder,
});
app.synth();
