import { limits } from '../../functions/domain/tenant/limits';
import { signInByCode } from '../e2e/sign-in';
import { operate, type Stack } from '../e2e/stack';

const scopes = 'workflows:read,workflows:run,workflows:write,webhooks:read,webhooks:write';
const { email, password } = { email: 'manager@custom.example.com', password: 'demo-password' };

export interface JudgedTenant {
  readonly stack: Stack;
  readonly id: string;
  /** A personal access token with all scopes. */
  readonly token: string;
  /** The ID token of a member who may do everything, and who is a member of another tenant too. */
  readonly idToken: string;
}

/**
 * Makes a tenant for one judge in a local run: it may write workflows, and it has nothing of the demo, among which are
 * recipes that no request could write. It may send as many requests as any tenant may, because a judge on a fast machine
 * sends more than a plan allows and would then see little but refusals.
 *
 * @param plan as the operator names it; without one, nothing caps its runs
 */
export async function judgedTenant(stack: Stack, id: string, plan = ['--plan', 'custom']): Promise<JudgedTenant> {
  await operate(stack, 'tenants', 'create', id, '--name', `Judged by ${id}`, '--authoring', ...plan);
  await operate(stack, 'limits', 'set', id, 'requests_per_minute', String(limits.requests_per_minute.max));
  await operate(stack, 'members', 'add', id, email, '--permission', 'manage_agents');
  const token = await operate(stack, 'tokens', 'create', id, '--kind', 'pat', '--name', 'judge', '--scopes', scopes);
  const { idToken } = await signInByCode(stack.connection.dashboard_url, email, password);
  return { stack, id, token: String(token.token), idToken };
}
