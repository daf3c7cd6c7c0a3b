import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { accountId, region } from '../ministack/start';
import { judgeCalls } from './judge-calls';
import { needsOf } from './needs';
import type { Call } from './record-calls';
import { openRoles } from './roles';

const run = promisify(execFile);

/** Prints what the comparison of calls and grants found. @returns whether it found nothing */
export async function reportCalls(stack: string, calls: readonly Call[], aws: string): Promise<boolean> {
  const roles = openRoles(aws, process.env);
  const listed = await run(aws, [
    'lambda',
    'list-functions',
    '--output',
    'json',
    '--query',
    'Functions[].[FunctionName,Runtime]',
  ]);
  const names: string[] = JSON.parse(listed.stdout)
    .filter(([name, runtime]: [string, string]) => name.startsWith(`${stack}-`) && runtime.startsWith('nodejs'))
    .map(([name]: [string]) => name);
  const statements = Object.fromEntries(
    await Promise.all(names.map(async (name) => [shortName(stack, name), await roles.statementsOf(name)] as const)),
  );
  const keys = [...new Set(calls.map(({ accessKey }) => accessKey))];
  const callers = new Map(
    await Promise.all(keys.map(async (key) => [key, await roles.functionOf(key).catch(() => undefined)] as const)),
  );
  const needs = calls.flatMap((call) => {
    const caller = callers.get(call.accessKey);
    if (caller === undefined || !names.includes(caller)) return [];
    const ofFunction = shortName(stack, caller);
    return needsOf(call, (service) => `arn:aws:${service}:${region}:${accountId}:`).map((need) => ({
      ...need,
      function: ofFunction,
    }));
  });
  const verdict = judgeCalls(statements, needs);
  console.log(`\n${calls.length} calls recorded, ${verdict.judged} permissions judged`);
  for (const [what, found] of Object.entries({
    'A call without a grant': verdict.withoutGrant,
    'A grant without a call': verdict.withoutCall,
    'An argument that is needed no more': verdict.needless,
  }))
    for (const one of found) console.log(`${what}: ${one}`);
  return [verdict.withoutGrant, verdict.withoutCall, verdict.needless].every((found) => found.length === 0);
}

function shortName(stack: string, name: string): string {
  // MiniStack cuts names off, and puts its own suffix without a hyphen after some.
  return name.slice(stack.length + 1).replace(/[0-9A-F]{6,8}-?[0-9A-F]*$/, '');
}
