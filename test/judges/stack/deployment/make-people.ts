import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { seedUsers } from '../../../../local/seed/members';
import { outputsOf } from './outputs';

const run = promisify(execFile);

/** MiniStack also asks for a capital letter and a digit, which the template leaves to Cognito's defaults. */
export const password = 'Demo-password-1';

/** Somebody with an account who is a member of no tenant. */
const stranger = 'nobody@example.com';

/**
 * Invites the members of the tenants into the stack's user pool, as docs/people.md says, and gives each the password that
 * they would choose at their first sign-in.
 */
export async function makePeople(stack: string, aws: string): Promise<void> {
  const output = await outputsOf(stack);
  const pool = ['--user-pool-id', output('SignInIssuer').split('/').at(-1) ?? ''];
  for (const email of [...seedUsers.map((user) => user.email), stranger]) {
    const person = [...pool, '--username', email];
    const verified = ['--user-attributes', `Name=email,Value=${email}`, 'Name=email_verified,Value=true'];
    await run(aws, ['cognito-idp', 'admin-create-user', ...person, ...verified]);
    await run(aws, ['cognito-idp', 'admin-set-user-password', ...person, '--password', password, '--permanent']);
  }
}
