import { userInfo } from 'node:os';
import { ulid } from 'ulid';
import { openStores } from '../../../functions/aws/open-stores';
import type { AuditAction, AuditEntry } from '../../../functions/domain/tenant/audit';
import { deadLetterQueue } from '../deployment/dead-letter-queue';
import type { Deployment } from '../deployment/deployment';
import { OperatorProblem } from '../terminal/operator-problem';
import type { Terminal } from '../terminal/terminal';

export type Session = ReturnType<typeof openSession>;

/** What a command works with: the product's own stores, ways to print and to warn, and the audit record of a change. */
export function openSession(deployment: Deployment, terminal: Terminal, json: boolean) {
  const stores = openStores(deployment.database);
  const { audit } = stores;
  const actor = { channel: 'operator' as const, name: operatorName(terminal.env) };
  /** Shared by all changes that this call of the command line makes. */
  const requestId = `op_${ulid()}`;

  return {
    ...stores,
    terminal,
    now: terminal.now,
    deadLetters: deadLetterQueue(deployment),
    tailLogs: deployment.tailLogs,

    /** Prints something while the command runs: a line of text, or with --json a line of NDJSON. */
    print(line: { readonly json: unknown; readonly text: string }): void {
      terminal.out(`${json ? JSON.stringify(line.json) : line.text}\n`);
    },

    warn(sentence: string): void {
      terminal.err(json ? `${JSON.stringify({ warning: sentence })}\n` : `Warning: ${sentence}\n`);
    },

    /** Writes the audit row of a change that was made. */
    async record(tenantId: string, action: AuditAction, target: string, detail?: AuditEntry['detail']): Promise<void> {
      const at = terminal.now().toISOString();
      try {
        await audit.append(tenantId, { at, actor, action, target, request_id: requestId, ...(detail && { detail }) });
      } catch (error) {
        throw new OperatorProblem(
          'audit_not_written',
          `The change was made (${action}, ${target}), but its audit row could not be written. Note it, and check the table.`,
          error,
        );
      }
    },
  };
}

function operatorName(env: Terminal['env']): string {
  const configured = env['OPERATOR_NAME']?.trim();
  if (configured !== undefined && configured !== '') return configured;
  try {
    return userInfo().username;
  } catch {
    // In a container the user id may have no name, and userInfo() then throws.
    return 'unnamed operator';
  }
}
