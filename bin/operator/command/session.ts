import { userInfo } from 'node:os';
import { ulid } from 'ulid';
import { openStores } from '../../../functions/aws/open-stores';
import type { AuditAction, AuditEvent } from '../../../functions/domain/tenant/audit';
import { deadLetterQueue } from '../deployment/dead-letter-queue';
import type { Deployment } from '../deployment/deployment';
import type { Terminal } from '../terminal/terminal';

export type Session = ReturnType<typeof openSession>;

/** What a command works with: the product's own stores, ways to print and to warn, and the audit record of a change. */
export function openSession(deployment: Deployment, terminal: Terminal, json: boolean) {
  const stores = openStores(deployment.database);
  const { audit } = stores;
  const actor = { channel: 'operator' as const, name: operatorName(terminal.env) };
  /** Shared by all changes that this call of the command line makes. */
  const requestId = `op_${ulid()}`;

  function warn(sentence: string): void {
    terminal.err(json ? `${JSON.stringify({ warning: sentence })}\n` : `Warning: ${sentence}\n`);
  }

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

    warn,

    /**
     * Writes the audit row of a change that was made. If that fails, the command still prints its result, because the change
     * is made and a secret is shown only once; a warning names what the audit lacks.
     *
     * @param id a ULID that the change itself fixes, if there is one, so that `reconcile` can append a missing row
     */
    async record(
      tenantId: string,
      action: AuditAction,
      target: string,
      detail?: AuditEvent['detail'],
      id = ulid(terminal.now().getTime()),
    ): Promise<void> {
      const at = terminal.now().toISOString();
      const row = { id, at, actor, action, target, request_id: requestId, ...(detail && { detail }) };
      try {
        await audit.append(tenantId, row);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        warn(
          `The change was made (${action}, ${target}), but its audit row could not be written: ${why}. Do not repeat it.`,
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
