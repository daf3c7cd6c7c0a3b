import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStack } from '../../e2e/stack';
import { hasNodePackages, nodeProgram } from '../installed';
import { runProgram } from '../run-program';
import { writeServedDescription } from '../served-description';

const describeIfInstalled = hasNodePackages ? describe : describe.skip;

// Both have their rulesets built in, so they need no network.
const linters: readonly [name: string, program: string, args: readonly string[]][] = [
  ['Redocly', 'redocly', ['lint', '--config', join(__dirname, 'redocly.yaml'), '--format', 'codeframe']],
  ['Spectral', 'spectral', ['lint', '--ruleset', join(__dirname, 'spectral.yaml'), '--fail-severity', 'hint']],
];

describeIfInstalled('openapi.json as it is served', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linters-'));
    const stack = await openStack();
    file = await writeServedDescription(stack, folder);
    await stack.stop();
  }, 90_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(linters)('passes %s with all recommended rules', async (_name, program, args) => {
    const { code, stdout, stderr } = await runProgram(nodeProgram(program), [...args, file], { cwd: folder });

    expect({ code, output: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, output: '' });
  });

  test.each(linters)('would not pass %s with a fault in it', async (_name, program, args) => {
    const document = JSON.parse(readFileSync(file, 'utf8'));
    delete document.paths['/api/v1/me'].get.responses['200'].description;
    writeFileSync(join(folder, 'faulty.json'), JSON.stringify(document));

    const { code } = await runProgram(nodeProgram(program), [...args, join(folder, 'faulty.json')], { cwd: folder });

    expect(code).toBe(1);
  });
});
