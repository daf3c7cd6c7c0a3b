import { userInfo } from 'node:os';
import { ulid } from 'ulid';
import { openStores } from '../../../functions/aws/open-stores';
import type { AuditAction, AuditEntry } from '../../../functions/domain/tenant/audit';
import { deadLetterQueue } from '../deployment/dead-letter-queue';
import type { Place } from '../deployment/deployment';
import { OperatorProblem } from '../terminal/operator-problem';
import type { Terminal } from '../terminal/terminal';

export type Session = ReturnType<typeof openSession>;

/** What a command works with: the product's own stores, a way to warn and a way to leave a trace. */
export function openSession(place: Place, terminal: Terminal, json: boolean) {
  const stores = openStores(place.database);
  const { audit } = stores;
  const actor = { channel: 'operator' as const, name: operatorName(terminal.env) };
  /** One for all that this call of the command line changes. */
  const requestId = `op_${ulid()}`;

  return {
    ...stores,
    terminal,
    now: terminal.now,
    deadLetters: deadLetterQueue(place),
    tailLogs: place.tailLogs,

    /** Tells something as it happens: a line for people, or a line of NDJSON. */
    say({ json: told, text }: { readonly json: unknown; readonly text: string }): void {
      terminal.out(`${json ? JSON.stringify(told) : text}\n`);
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
  const given = env['OPERATOR_NAME']?.trim();
  if (given !== undefined && given !== '') return given;
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user nobody named.
    return 'unnamed operator';
  }
}
