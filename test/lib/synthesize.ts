import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cdk from '../../cdk.json';
import { FirewallStack } from '../../lib/firewall-stack';
import { readSettings } from '../../lib/settings';
import { WorkflowsStack } from '../../lib/workflows-stack';
import { documents } from '../../functions/contract/documents';
import { functionNames, type FunctionName } from '../../functions/contract/functions';

/** A resource of the template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: any;
  readonly Metadata?: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/**
 * Synthesizes the stack with empty files instead of bundles, because only the template is tested.
 *
 * @param withFiles otherwise the stack deploys no files, as the template of the local run
 */
export function synthesize(
  context: Record<string, unknown> = {},
  dashboardDirectory?: string,
  withFiles = dashboardDirectory !== undefined,
): { stack: WorkflowsStack; template: Template } {
  const bundlesDirectory = mkdtempSync(join(tmpdir(), 'bundles-'));
  for (const name of functionNames) {
    mkdirSync(join(bundlesDirectory, name));
    writeFileSync(join(bundlesDirectory, name, 'index.js'), '');
  }
  const documentsDirectory = mkdtempSync(join(tmpdir(), 'documents-'));
  for (const { id } of documents) mkdirSync(join(documentsDirectory, id));
  try {
    // CloudFormation's own validation takes two seconds, and `npm run synth` does it.
    // Without it, every synthesis of production prints a warning.
    const alarmContext = context['stage'] === 'production' ? { alarmEmail: 'ops@example.com' } : {};
    const app = new App({
      context: { ...cdk.context, ...alarmContext, ...context },
      builtinCloudFormationValidation: false,
      // Otherwise every resource notes where it was made, which costs a tenth of a synthesis.
      stackTraces: false,
    });
    const settings = readSettings((key) => app.node.tryGetContext(key));
    const stack = new WorkflowsStack(app, 'CoffieldWorkflows', {
      settings,
      bundlesDirectory,
      documentsDirectory: withFiles ? documentsDirectory : undefined,
      dashboardDirectory,
    });
    return { stack, template: Template.fromStack(stack) };
  } finally {
    rmSync(bundlesDirectory, { recursive: true });
    rmSync(documentsDirectory, { recursive: true });
  }
}

export function synthesizeFirewall(): { stack: FirewallStack; template: Template } {
  const stack = new FirewallStack(
    new App({ builtinCloudFormationValidation: false, stackTraces: false }),
    'CoffieldWorkflowsFirewall',
    {
      settings: readSettings(() => undefined),
    },
  );
  return { stack, template: Template.fromStack(stack) };
}

export function resources(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as Record<string, Resource>;
}

/** The only resource of this type, or the one whose logical id matches. */
export function resource(template: Template, type: string, idPattern = /./): Resource & { logicalId: string } {
  const found = Object.entries(resources(template, type)).filter(([logicalId]) => idPattern.test(logicalId));
  if (found.length !== 1) throw new Error(`${found.length} resources ${type} match ${idPattern}`);
  const [logicalId, properties] = found[0]!;
  return { logicalId, ...properties };
}

export function lambda(template: Template, name: FunctionName): Resource & { logicalId: string } {
  const found = Object.entries(resources(template, 'AWS::Lambda::Function')).find(([, { Metadata }]) =>
    Metadata?.entry.endsWith(`/${name}/index.js`),
  );
  if (!found) throw new Error(`No function loads ${name}`);
  return { logicalId: found[0], ...found[1] };
}

/** The alias through which requests reach a function. */
export function aliasOf(template: Template, name: FunctionName): Resource & { logicalId: string } {
  const { logicalId: Ref } = lambda(template, name);
  const found = Object.entries(resources(template, 'AWS::Lambda::Alias')).filter(
    ([, { Properties }]) => Properties.FunctionName.Ref === Ref,
  );
  if (found.length !== 1) throw new Error(`${name} has ${found.length} aliases`);
  return { logicalId: found[0]![0], ...found[0]![1] };
}
