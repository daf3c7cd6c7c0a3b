import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStack } from '../../../local/template/build-stack';

/** Replaces the CDK app: writes the same files and counts how often it runs. */
const app = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
const out = process.env.CDK_OUTDIR!;
const template = 'stack.template.json';
for (const folder of [out, '.build/functions']) mkdirSync(folder, { recursive: true });
writeFileSync(out + '/' + template, '{"Resources":{}}');
writeFileSync(out + '/manifest.json', JSON.stringify({
  artifacts: { 'My-dev': { type: 'aws:cloudformation:stack', properties: { templateFile: template } } },
}));
appendFileSync('runs', process.env.CDK_CONTEXT_JSON + '\\n');
`;

let project: string;
const runs = () => readFileSync(join(project, 'runs'), 'utf8').trim().split('\n');

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'local-build-'));
  mkdirSync(join(project, 'bin'));
  mkdirSync(join(project, 'lib'));
  writeFileSync(join(project, 'bin', 'workflows.ts'), app);
  writeFileSync(join(project, 'lib', 'stack.ts'), 'one');
  writeFileSync(join(project, 'cdk.json'), '{"context":{"flag":true}}');
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

describe('the built stack', () => {
  it('is synthesized once and reused until one of its sources changes', async () => {
    const first = await buildStack(project);
    const second = await buildStack(project);
    appendFileSync(join(project, 'lib', 'stack.ts'), ' two');
    const third = await buildStack(project);

    expect([first.fromCache, second.fromCache, third.fromCache]).toEqual([false, true, false]);
    expect(runs()).toHaveLength(2);
    expect(first.stackName).toBe('My-dev');
    expect(existsSync(first.templateFile)).toBe(true);
  });

  it('is synthesized with the context that the CDK’s command line would pass', async () => {
    await buildStack(project);

    expect(JSON.parse(runs()[0]!)).toMatchObject({ flag: true });
  });

  it('is synthesized once for two concurrent processes, and again after one that crashed', async () => {
    mkdirSync(join(project, '.build'));
    // Above every process id that Linux assigns.
    writeFileSync(join(project, '.build', 'lock'), '4194305');

    await Promise.all([buildStack(project), buildStack(project)]);

    expect(runs()).toHaveLength(1);
    expect(existsSync(join(project, '.build', 'lock'))).toBe(false);
  });

  it('shows the output of the app if synthesis fails, and tries again the next time', async () => {
    writeFileSync(join(project, 'bin', 'workflows.ts'), 'throw new Error("no such stage")');
    await expect(buildStack(project)).rejects.toThrow(/could not be synthesized[^]*no such stage/);

    writeFileSync(join(project, 'bin', 'workflows.ts'), app);
    await expect(buildStack(project)).resolves.toMatchObject({ fromCache: false });
  });
});
