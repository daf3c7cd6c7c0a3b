import * as z from 'zod/mini';

/** `queued → running → succeeded | failed | cancelled`. Never backwards; `queued` may end directly. Terminal is final. */
export const runStatusSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

export type RunStatus = z.infer<typeof runStatusSchema>;

const successors: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running', 'succeeded', 'failed', 'cancelled'],
  running: ['succeeded', 'failed', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

export function isTerminal(status: RunStatus): boolean {
  return successors[status].length === 0;
}

export function mayBecome(from: RunStatus, to: RunStatus): boolean {
  return successors[from].includes(to);
}

/** The statuses that a run can still leave, for conditions on stored rows. */
export const openStatuses = runStatusSchema.options.filter((status) => !isTerminal(status));
