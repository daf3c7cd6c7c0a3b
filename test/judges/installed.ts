import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from '../e2e/is-installed';

/** The folder into which `.ci/install-judges` installed the programs that are no packages of this project. */
const folder = process.env['API_JUDGES'] ?? '$API_JUDGES';

export const python = join(folder, 'python', 'bin', 'python');
export const hasPython = isInstalled(python, '--version');

/** The Node packages of the judges, and their programs. Node itself is one of them, because some need a newer one. */
export const nodeModules = join(folder, 'node_modules');
export const nodeProgram = (name: string) => join(nodeModules, '.bin', name);
export const newerNode = nodeProgram('node');
export const hasNodePackages = isInstalled(newerNode, '--version');

/** A Go module that has what the judges' programs import. */
export const go = join(folder, 'go');
export const hasGo = isInstalled('go', '-C', go, 'list', '-m');

/** The class path of openapi-generator and of what its Java clients need. */
export const javaLibraries = join(folder, 'java', 'libraries', '*');
export const hasJava = isInstalled(
  'java',
  '-cp',
  javaLibraries,
  'org.openapitools.codegen.OpenAPIGenerator',
  'version',
);

/**
 * The manifest of a Rust program. Rust is not required, because continuous integration installs no compiler for it: its
 * test runs where `cargo` was there when the judges were installed, and says so where it was not.
 */
export const cargo = join(folder, 'rust');
export const hasRust = existsSync(cargo);
if (!hasRust) process.stderr.write('Rust is not installed with the judges: its tests are skipped on this machine\n');
