import { userInfo } from 'node:os';
import { ulid } from 'ulid';
import { openStores } from '../../../functions/aws/open-stores';
import { provableActions } from '../../../functions/domain/reconcile/audit';
import type { AuditEvent } from '../../../functions/domain/tenant/audit';
import { changeRecorder } from '../../../functions/domain/tenant/record-change';
import { isBlank, nameSchema } from '../../../functions/domain/text';
import { overdueMinutes } from '../../../functions/domain/timetable';
import { deadLetterQueue } from '../deployment/dead-letter-queue';
import type { Deployment } from '../deployment/deployment';
import type { TailedRun } from '../deployment/tail-log-groups';
import { OperatorProblem } from '../terminal/operator-problem';
import { printable, printableJson } from '../terminal/printable';
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
    terminal.err(json ? `${printableJson({ warning: sentence })}\n` : `Warning: ${printable(sentence)}\n`);
  }

  const record = changeRecorder({
    audit,
    onAuditMissing: (tenantId, row, error) => {
      warn(auditMissing(tenantId, row, error));
    },
  });

  return {
    ...stores,
    database: deployment.database,
    terminal,
    now: terminal.now,
    operator: actor.name,
    deadLetters: deadLetterQueue(deployment),
    readArns: deployment.readArns,
    tailLogs: (run: TailedRun) => deployment.tailLogs(run, terminal.now),

    /** Prints something while the command runs: a line of text, or with --json a line of NDJSON. */
    print(line: { readonly json: unknown; readonly text: string }): void {
      terminal.out(`${json ? printableJson(line.json) : line.text}\n`);
    },

    warn,

    /**
     * Makes a change, writes its audit row, and returns what the change did. If the row cannot be written, the command goes
     * on and succeeds with a warning: the change is made, a secret that it prints may be shown only once, and a script that
     * repeats a failed command would make the change a second time.
     *
     * @param describe undefined if nothing was changed
     */
    record<Done>(
      tenantId: string,
      change: () => Promise<Done>,
      describe: (done: Done) => Change | undefined,
    ): Promise<Done> {
      return record(tenantId, change, (done) => {
        const made = describe(done);
        const at = terminal.now();
        return made && { id: ulid(at.getTime()), at: at.toISOString(), actor, request_id: requestId, ...made };
      });
    },
  };
}

/**
 * What a command changed, as the audit row describes it. The row gets a fresh id and the current time, unless the change
 * itself fixes both, see `auditIds`.
 */
export type Change = Pick<AuditEvent, 'action' | 'target' | 'detail'> & Partial<Pick<AuditEvent, 'id' | 'at'>>;

function auditMissing(tenantId: string, { action, target }: AuditEvent, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  const remedy = provableActions.has(action)
    ? `After ${overdueMinutes} minutes, \`reconcile ${tenantId} --fix\` appends the row, without who made the change.`
    : 'No command can append the row, because the table does not show the change.';
  return (
    `The change was made (${action}, ${target}), but its audit row could not be written: ${why}. ` +
    `Do not repeat it. Note who made it, when and why. ${remedy}`
  );
}

function operatorName(env: Terminal['env']): string {
  const configured = env['OPERATOR_NAME'] ?? '';
  if (!isBlank(configured)) {
    const { data: name, error } = nameSchema.safeParse(configured);
    if (name !== undefined) return name;
    throw new OperatorProblem('name_not_allowed', `OPERATOR_NAME cannot be used. ${error.issues[0]?.message ?? ''}`);
  }
  try {
    return userInfo().username;
  } catch {
    // In a container the user id may have no name, and userInfo() then throws.
    return 'unnamed operator';
  }
}
