import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** One thing that a check found wrong with one answer. */
export interface Finding {
  readonly check: string;
  /** Method and path, as they stand in the description. */
  readonly operation: string;
  /** The status, the code of the problem or of a place in it, and if so that a body was missing: `422 invalid_cursor`. */
  readonly answer: string;
  /** The request of one case, for a reader. */
  readonly request: string;
}

export interface Report {
  readonly complete: boolean;
  readonly findings: readonly Finding[];
  /** What kept Schemathesis from judging. */
  readonly errors: readonly unknown[];
  readonly operations: ReadonlySet<string>;
  readonly casesOfPhase: Readonly<Record<string, number>>;
  readonly passedOfCheck: Readonly<Record<string, number>>;
  /** Answers that say only that the tenant sent too many requests. */
  readonly rateLimited: number;
}

/** Reads a report of events. Unlike the other reports, it has every failure, not one of each kind and operation. */
export async function readReport(file: string): Promise<Report> {
  const findings: Finding[] = [];
  const errors: unknown[] = [];
  const operations = new Set<string>();
  const casesOfPhase: Record<string, number> = {};
  const passedOfCheck: Record<string, number> = {};
  let complete = false;
  let rateLimited = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { ScenarioFinished: scenario, NonFatalError, FatalError, EngineFinished: end }: any = JSON.parse(line);
    complete ||= end?.stop_reason === 'completed';
    errors.push(...[NonFatalError, FatalError].filter((error) => error !== undefined));
    const { cases = {}, checks = {}, interactions = {} } = scenario?.recorder ?? {};
    rateLimited += Object.values<any>(interactions).filter(({ response }) =>
      decoded(response?.content).includes('"code":"rate_limited"'),
    ).length;
    for (const [id, { value }] of Object.entries<any>(cases)) {
      const operation = `${value.method} ${value.path}`;
      operations.add(operation);
      if (interactions[id] !== undefined) casesOfPhase[scenario.phase] = (casesOfPhase[scenario.phase] ?? 0) + 1;
      for (const { name, status } of checks[id] ?? []) {
        if (status === 'success') passedOfCheck[name] = (passedOfCheck[name] ?? 0) + 1;
        else findings.push(...answersOf(interactions[id], name, operation));
      }
    }
  }
  return { complete, findings, errors, operations, casesOfPhase, passedOfCheck, rateLimited };
}

function answersOf({ request, response }: any, check: string, operation: string): Finding[] {
  const body = decoded(request.body);
  return codesOf(decoded(response?.content), body === '').map((code) => ({
    check,
    operation,
    answer: `${response?.status_code ?? 'none'} ${code}`.trimEnd(),
    request: `${request.method} ${request.uri} ${body.slice(0, 400)}`,
  }));
}

/** The codes of the places of a problem, or its own if it names no place. */
function codesOf(problem: string, withoutBody: boolean): string[] {
  try {
    const { code, errors } = JSON.parse(problem);
    const ofPlaces = errors.map((place: any) =>
      withoutBody && place.pointer !== undefined ? `${place.code} without a body` : place.code,
    );
    return errors.length > 0 ? [...new Set<string>(ofPlaces)] : [code];
  } catch {
    return [''];
  }
}

function decoded(content: { $base64?: string } | null | undefined): string {
  return Buffer.from(content?.$base64 ?? '', 'base64').toString();
}
