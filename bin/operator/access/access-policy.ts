import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { RunCommand } from '../command/run-command';
import { OperatorProblem } from '../terminal/operator-problem';
import { policyDocument } from './policy-document';

export function addAccessPolicy(program: CommandUnknownOpts, runCommand: RunCommand): void {
  program
    .command('access-policy')
    .description('print an IAM policy that allows exactly what these commands need on the deployed stack')
    .option('--read-only', 'leave out every change')
    .addHelpText('after', notes)
    .action(
      runCommand(async ({ readArns }, { readOnly = false }) => {
        if (readArns === undefined)
          throw new OperatorProblem(
            'stack_required',
            'The local run knows no IAM policies. Name a deployed stack with --stack.',
          );
        const policy = policyDocument(await readArns(), { readOnly });
        return { json: policy, text: JSON.stringify(policy, null, 2) };
      }),
    );
}

const notes = `
An administrator prints it once for each stack, with credentials that may describe the stack, and attaches it to the role
of the people who operate it. Print it again after an upgrade that changes it. With --read-only, dead-letters list still
works: SQS hides messages from others for the moment in which they are read.

Example:
  npm run --silent operator -- --stack $STACK access-policy > operator-policy.json`;
