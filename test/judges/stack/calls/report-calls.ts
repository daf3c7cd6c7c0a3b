import { accountId, region } from '../ministack/start';
import { argued } from './argued';
import { deployedFunctions } from './deployed-functions';
import { judgeCalls } from './judge-calls';
import { needsOf } from './needs';
import type { Call } from './record-calls';

/** Prints what the comparison of calls and grants found. @returns whether it found nothing */
export async function reportCalls(stack: string, calls: readonly Call[], aws: string): Promise<boolean> {
  const functions = await deployedFunctions(stack, aws);
  const callers = new Map(functions.flatMap(({ accessKeys, name }) => accessKeys.map((key) => [key, name])));
  const needs = calls.flatMap((call) => {
    const caller = callers.get(call.accessKey);
    if (caller === undefined) return [];
    return needsOf(call, (service) => `arn:aws:${service}:${region}:${accountId}:`).map((need) => ({
      ...need,
      function: caller,
    }));
  });
  const verdict = judgeCalls(
    Object.fromEntries(functions.map(({ name, statements }) => [name, statements])),
    needs,
    argued,
  );
  console.log(
    `\n${calls.length} calls of AWS APIs recorded, ${verdict.judged} permissions of ${functions.length} functions judged`,
  );
  const found = [
    ...verdict.withoutGrant.map((one) => `A call without a grant: ${one}`),
    ...verdict.withoutCall.map((one) => `A grant without a call: ${one}`),
    ...verdict.needless.map((one) => `An argument that is needed no more: ${one}`),
  ];
  for (const one of found) console.log(one);
  return found.length === 0;
}
