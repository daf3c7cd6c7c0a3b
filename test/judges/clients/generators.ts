import { join, resolve } from 'node:path';
import {
  go,
  hasGo,
  hasJava,
  hasNodePackages,
  hasPython,
  javaLibraries,
  newerNode,
  nodeProgram,
  python,
} from '../installed';

/** A program and its arguments; it is run in the folder in which the client is made. */
type Command = readonly [program: string, ...args: string[]];

interface Generator {
  readonly name: string;
  readonly isInstalled: boolean;
  /** Makes the client, called `generated`, of the file `openapi.json`. */
  readonly generate: Command;
  /** The program of the main job, in `programs`. */
  readonly job: string;
  readonly compile: Command;
  readonly run: Command;
  /** Files that the folder needs besides. */
  readonly files?: readonly string[];
}

const tsx = resolve(__dirname, '..', '..', '..', 'node_modules', 'tsx', 'dist', 'cli.mjs');
const settings = '--noEmit --strict --target es2023 --module preserve --lib es2023,dom,dom.iterable --types node';
const typescript = (job: string) => ({
  job,
  compile: [nodeProgram('tsc'), ...settings.split(' '), job] as const,
  run: [newerNode, tsx, job] as const,
});

/** Generators of clients, which take the description as it is. */
export const generators: readonly Generator[] = [
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
  {
    name: 'oapi-codegen',
    isInstalled: hasGo,
    files: [join(go, 'go.mod'), join(go, 'go.sum')],
    generate: [
      'sh',
      '-c',
      'mkdir generated && go tool oapi-codegen -package api -generate types,client -o generated/api.go openapi.json',
    ],
    job: 'client.go',
    compile: ['go', 'build', '-o', 'client', '.'],
    run: ['./client'],
  },
  {
    name: 'openapi-generator for Java',
    isInstalled: hasJava,
    generate: [
      'java',
      ...[
        '-cp',
        javaLibraries,
        'org.openapitools.codegen.OpenAPIGenerator',
        'generate',
        '-g',
        'java',
        '--library',
        'native',
      ],
      ...['-i', 'openapi.json', '-o', 'generated', '--global-property', 'apiTests=false,modelTests=false'],
      '--additional-properties',
      'apiPackage=generated.api,modelPackage=generated.model,invokerPackage=generated,useJakartaEe=true,openApiNullable=false',
    ],
    job: 'Client.java',
    compile: ['javac', '-cp', javaLibraries, '-sourcepath', 'generated/src/main/java', '-d', 'classes', 'Client.java'],
    run: ['java', '-cp', `classes:${javaLibraries}`, 'Client'],
  },
];
