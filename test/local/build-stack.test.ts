import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStack } from '../../local/template/build-stack';

/** Stands for the CDK app: writes what the CDK writes, and counts how often it ran. */
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
  it('is made once and kept until one of its sources changes', async () => {
    const first = await buildStack(project);
    const second = await buildStack(project);
    appendFileSync(join(project, 'lib', 'stack.ts'), ' two');
    const third = await buildStack(project);

    expect([first.fromCache, second.fromCache, third.fromCache]).toEqual([false, true, false]);
    expect(runs()).toHaveLength(2);
    expect(first.stackName).toBe('My-dev');
    expect(existsSync(first.templateFile)).toBe(true);
  });

  it('is made with the context that the CDK’s command line would hand over', async () => {
    await buildStack(project);

    expect(JSON.parse(runs()[0]!)).toMatchObject({ flag: true });
  });

  it('is made once for two that ask at the same time, and after one that died', async () => {
    mkdirSync(join(project, '.build'));
    // Above any process id Linux gives.
    writeFileSync(join(project, '.build', 'lock'), '4194305');

    await Promise.all([buildStack(project), buildStack(project)]);

    expect(runs()).toHaveLength(1);
    expect(existsSync(join(project, '.build', 'lock'))).toBe(false);
  });

  it('that cannot be made shows what the app said, and is tried again', async () => {
    writeFileSync(join(project, 'bin', 'workflows.ts'), 'throw new Error("no such stage")');
    await expect(buildStack(project)).rejects.toThrow(/could not be synthesized[^]*no such stage/);

    writeFileSync(join(project, 'bin', 'workflows.ts'), app);
    await expect(buildStack(project)).resolves.toMatchObject({ fromCache: false });
  });
});
