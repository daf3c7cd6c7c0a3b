/**
 * One structured line. Lines are short on purpose (≤ 400 bytes: ingestion is paid by the byte) and never hold tokens,
 * secrets, inputs or bodies.
 */
export interface LogFields {
  readonly event: string;
  readonly tenant?: string | undefined;
  readonly run?: string | undefined;
  readonly request_id?: string | undefined;
  readonly [field: string]: string | number | boolean | null | undefined;
}

export type Log = (level: 'info' | 'warn' | 'error', fields: LogFields) => void;

export const log: Log = (level, fields) => {
  process.stdout.write(`${JSON.stringify({ level, at: new Date().toISOString(), ...fields })}\n`);
};

/** What may be said of an unexpected error in a log line; its message can quote data, so it is cut short. */
export function errorFields(error: unknown): { error: string; where: string | undefined } {
  if (!(error instanceof Error)) return { error: 'not an Error', where: undefined };
  const where = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim()
    .slice(0, 120);
  return { error: `${error.name}: ${error.message}`.slice(0, 160), where };
}
