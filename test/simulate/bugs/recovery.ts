import type { PlantedBug } from './planted-bug';

/** Bugs in what takes up unfinished work. */
export const recoveryBugs: readonly PlantedBug[] = [
  {
    name: 'recovery restarts a run that was started twice only',
    file: 'functions/recover-runs/recover-run.ts',
    find: 'if (run.restarts - (run.restarts_excused ?? 0) >= maxRestarts) {',
    replace: 'if (run.restarts - (run.restarts_excused ?? 0) >= 1) {',
    breaks: ['run ends'],
    needs: 'one',
  },
  {
    name: 'recovery closes a cancelled run without its audit row',
    file: 'functions/recover-runs/publish-end.ts',
    find: 'else await deps.audit.append(tenantId, run.cancellation);',
    replace: '',
    breaks: ['audits'],
    needs: 'one',
  },
  {
    name: 'a cancelled run is not kept open until its audit row is written',
    file: 'functions/rest-api/run/cancel-run.ts',
    find: "const how = { status: 'cancelled', at, error: null, cancellation, dueAt } as const;",
    replace: "const how = { status: 'cancelled', at, error: null, cancellation } as const;",
    breaks: ['audits'],
    needs: 'one',
  },
];
