import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { LocalProblem } from '../local-problem';
import { hashSources } from './source-hash';
import { withBuildLock } from './build-lock';

export interface BuiltStack {
  readonly stackName: string;
  readonly templateFile: string;
  /** Folder that contains `<function name>/index.js`. */
  readonly bundlesFolder: string;
  /** True if the sources have not changed since the last build, so that nothing was built. */
  readonly fromCache: boolean;
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), properties: z.optional(z.object({ templateFile: z.optional(z.string()) })) }),
  ),
});

const cdkJsonSchema = z.object({ context: z.optional(z.record(z.string(), z.unknown())) });

/** Synthesizes the stack and bundles its functions, unless `.build/` already contains both for the current sources. */
export async function buildStack(projectFolder: string): Promise<BuiltStack> {
  const buildFolder = join(projectFolder, '.build');
  const assemblyFolder = join(buildFolder, 'cloud-assembly');
  const bundlesFolder = join(buildFolder, 'functions');
  const hashFile = join(buildFolder, 'built-from');
  const hash = hashSources(projectFolder);
  const isBuilt = () =>
    existsSync(bundlesFolder) &&
    existsSync(assemblyFolder) &&
    existsSync(hashFile) &&
    readFileSync(hashFile, 'utf8') === hash;

  const fromCache = isBuilt();
  if (!fromCache) {
    mkdirSync(buildFolder, { recursive: true });
    await withBuildLock(join(buildFolder, 'lock'), async () => {
      if (isBuilt()) return;
      rmSync(hashFile, { force: true });
      await runCdkApp(projectFolder, assemblyFolder);
      writeFileSync(hashFile, hash);
    });
  }
  return { ...findStack(assemblyFolder), bundlesFolder, fromCache };
}

/**
 * Runs the CDK app without the CLI, because starting the CLI takes longer than a whole start of the local run should.
 * The app also bundles the functions, whose code is an asset of the stack.
 */
async function runCdkApp(projectFolder: string, assemblyFolder: string): Promise<void> {
  // Removes the settings for an issuer, because people sign in at the local one, which emulates the stack's user pool.
  const { oidcIssuer: _issuer, oidcClientId: _clientId, part: _part, ...context } = cliContext(projectFolder);
  const app = spawn(process.execPath, ['--require', require.resolve('tsx/cjs'), 'bin/workflows.ts'], {
    cwd: projectFolder,
    env: {
      ...process.env,
      CDK_OUTDIR: assemblyFolder,
      // Validating the template against CloudFormation's schemas takes 2 s, and `npm run synth` does it.
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify({
        ...context,
        'aws:cdk:disable-stack-trace': true,
        // The template must be the same whether the dashboard is built or not.
        dashboardFiles: 'none',
      }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  app.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  app.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    app.once('error', reject);
    app.once('close', resolve);
  });
  if (exitCode !== 0) throw new LocalProblem(`The stack could not be synthesized:\n\n${output.trim()}`);
}

/** The context that the CLI would pass to the app: the feature flags of `cdk.json`. */
function cliContext(projectFolder: string): Record<string, unknown> {
  const file = join(projectFolder, 'cdk.json');
  return existsSync(file) ? (cdkJsonSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).context ?? {}) : {};
}

function findStack(assemblyFolder: string): { stackName: string; templateFile: string } {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(assemblyFolder, 'manifest.json'), 'utf8')));
  const stacks = Object.entries(manifest.artifacts).flatMap(([stackName, { type, properties }]) =>
    type === 'aws:cloudformation:stack' && properties?.templateFile !== undefined
      ? [{ stackName, templateFile: join(assemblyFolder, properties.templateFile) }]
      : [],
  );
  const [stack, ...others] = stacks;
  if (!stack || others.length > 0) {
    throw new Error(`The local run expects one stack, found: ${stacks.map(({ stackName }) => stackName).join(', ')}`);
  }
  return stack;
}
