import { join, resolve } from 'node:path';
import { go, hasGo, hasNodePackages, hasPython, newerNode, nodeProgram, python } from '../installed';

/** A program and its arguments; it is run in the folder in which the client is made. */
type Command = readonly [program: string, ...args: string[]];

interface Generator {
  readonly name: string;
  readonly isInstalled: boolean;
  /** Makes the client, called `generated`, of the file `openapi.json`. */
  readonly generate: Command;
}

interface WorkingGenerator extends Generator {
  /** The program of the main job, in `programs`. */
  readonly job: string;
  readonly compile: Command;
  readonly run: Command;
}

interface RefusingGenerator extends Generator {
  readonly why: string;
  /** What it says. */
  readonly says: string;
}

const tsx = resolve(__dirname, '..', '..', '..', 'node_modules', 'tsx', 'dist', 'cli.mjs');
const settings = '--noEmit --strict --target es2023 --module preserve --lib es2023,dom,dom.iterable --types node';
const typescript = (job: string) => ({
  job,
  compile: [nodeProgram('tsc'), ...settings.split(' '), job] as const,
  run: [newerNode, tsx, job] as const,
});

/** Generators of clients that take the description as it is. */
export const workingGenerators: readonly WorkingGenerator[] = [
  {
    name: 'openapi-typescript with openapi-fetch',
    isInstalled: hasNodePackages,
    generate: [newerNode, nodeProgram('openapi-typescript'), 'openapi.json', '-o', 'generated.ts'],
    ...typescript('openapi-fetch.ts'),
  },
  {
    name: '@hey-api/openapi-ts',
    isInstalled: hasNodePackages,
    generate: [newerNode, nodeProgram('openapi-ts'), '-i', 'openapi.json', '-o', 'generated', '--no-log-file'],
    ...typescript('hey-api.ts'),
  },
  {
    name: 'openapi-python-client',
    isInstalled: hasPython,
    generate: [
      join(python, '..', 'openapi-python-client'),
      ...['generate', '--path', 'openapi.json', '--output-path', 'generated', '--meta', 'none'],
      ...['--config', join(__dirname, 'programs', 'openapi-python-client.yaml'), '--fail-on-warning'],
    ],
    job: 'python_client.py',
    compile: [python, '-m', 'compileall', '-q', 'generated', 'python_client.py'],
    run: [python, 'python_client.py'],
  },
];

/** Generators that refuse the description, each with what keeps it from working. */
export const refusingGenerators: readonly RefusingGenerator[] = [
  {
    name: 'oapi-codegen',
    isInstalled: hasGo,
    generate: ['go', '-C', go, 'tool', 'oapi-codegen', '-package', 'api', '-generate', 'types,client', 'openapi.json'],
    why: 'A value in the `detail` of an audit event is a text, a number or a boolean, which it has no Go type for.',
    says: 'unhandled Schema type: &[string number boolean]',
  },
];
