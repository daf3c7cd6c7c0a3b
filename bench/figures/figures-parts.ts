import { strangersTable } from '../cost/strangers';
import type { GeneratedPart } from '../generated';
import { errorsTable } from './errors-table';
import { connectedAppTable, mcpListSentence, rateTable, signInTable, tokenTable } from './limits/callers';
import { changeableTable } from './limits/changeable';
import { plansTable, recipeTable, requestTable, runTable } from './limits/runs';
import { answersTable, deliveryTable, endpointTable } from './limits/webhooks';
import { functionTable, recoveryTable } from './times-of-recovery';

const limits = 'docs/limits.md';

/** The parts of the documentation that are policy: limits, times and refusals, as the code has them. */
export function figuresParts(): GeneratedPart[] {
  const parts: GeneratedPart[] = [
    { file: limits, name: 'plans', text: plansTable() },
    { file: limits, name: 'changeable limits', text: changeableTable() },
    { file: limits, name: 'recipe limits', text: recipeTable() },
    { file: limits, name: 'request limits', text: requestTable() },
    { file: limits, name: 'run limits', text: runTable() },
    { file: limits, name: 'endpoint limits', text: endpointTable() },
    { file: limits, name: 'delivery limits', text: deliveryTable() },
    { file: limits, name: 'token limits', text: tokenTable() },
    { file: limits, name: 'connected app limits', text: connectedAppTable() },
    { file: limits, name: 'functions', text: functionTable() },
    { file: limits, name: 'rates', text: rateTable() },
    { file: 'docs/cost-and-speed.md', name: 'strangers', text: strangersTable() },
    { file: 'docs/api.md', name: 'errors', text: errorsTable() },
    { file: 'docs/mcp.md', name: 'lists', text: mcpListSentence() },
    { file: 'docs/operate.md', name: 'recovery', text: recoveryTable() },
    { file: 'docs/people.md', name: 'sign-in', text: signInTable() },
    { file: 'docs/receive-webhooks.md', name: 'answers', text: answersTable() },
  ];
  return parts.map((part) => ({ ...part, exact: true }));
}
