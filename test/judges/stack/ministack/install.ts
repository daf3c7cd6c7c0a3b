import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Exact versions, since a gap that overlay.py fills may be another one in the next release. Lambda's Python, which copies
 * the dashboard's files to S3, brings boto3. Without cryptography, MiniStack's user pools sign with a key that is too
 * small.
 */
const packages = ['ministack==1.5.33', 'awscli==1.46.3', 'boto3==1.43.106', 'cryptography==50.0.2'];

/**
 * The Node that the deployed functions run on, since MiniStack starts whatever `node` it finds, and the part of the SDK that
 * Lambda brings along and the CDK's function for emptying buckets loads.
 */
const lambdaNode = ['node@24', '@aws-sdk/client-s3@3.1164.0'];

export interface Installation {
  readonly python: string;
  readonly aws: string;
  /** Folders with the programs, to be put before `PATH`. */
  readonly pythonPrograms: string;
  readonly nodePrograms: string;
  readonly nodePackages: string;
}

/**
 * Installs MiniStack and the AWS CLI into a virtual environment of the project, and beside it the Node of Lambda. The
 * folder is kept for the next time.
 */
export function installMinistack(): Installation {
  const folder = resolve(__dirname, '..', '..', '..', '..', '.judge');
  const [environment, node] = [
    join(folder, packages.join('_').replaceAll('==', '-')),
    join(folder, lambdaNode.join('_').replaceAll('/', '-')),
  ];
  once(environment, (target) => {
    execFileSync('python3', ['-m', 'venv', target], { stdio: 'inherit' });
    const pip = [
      join(target, 'bin', 'python'),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
    ] as const;
    execFileSync(pip[0], [...pip[1], ...packages], { stdio: 'inherit' });
  });
  once(node, (target) => {
    mkdirSync(target);
    writeFileSync(join(target, 'package.json'), '{ "private": true, "allowScripts": { "node": true } }');
    const npm = ['install', '--prefix', target, '--no-audit', '--no-fund', '--loglevel', 'error', ...lambdaNode];
    execFileSync('npm', npm, { stdio: 'inherit' });
  });
  const programs = join(environment, 'bin');
  return {
    python: join(programs, 'python'),
    aws: join(programs, 'aws'),
    pythonPrograms: programs,
    nodePrograms: join(node, 'node_modules', 'node', 'bin'),
    nodePackages: join(node, 'node_modules'),
  };
}

/** A folder whose making was interrupted is made again. */
function once(folder: string, make: (target: string) => void): void {
  const done = `${folder}.done`;
  if (existsSync(done)) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '..'), { recursive: true });
  make(folder);
  writeFileSync(done, '');
}
