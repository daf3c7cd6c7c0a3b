import { maxPointerKeyCharacters } from '../../../functions/domain/faults';
import { maxNames, maxTextCharacters } from '../../../functions/mcp-server/message-size';
import { keptDays } from '../../../functions/aws/tenant/usage-history';
import { machineTimeoutSeconds, segmentTime, throttleRetry } from '../../../functions/contract/machine';
import { descriptionCharacters as endpointDescription } from '../../../functions/domain/endpoint/endpoint';
import { nameCharacters } from '../../../functions/domain/text';
import { descriptionCharacters as workflowDescription } from '../../../functions/domain/workflow/workflow';
import { maxListedFaults } from '../../../functions/domain/errors';
import { maxPointerCharacters } from '../../../functions/domain/inexact-refusal';
import { claimHours, maxKeyCharacters } from '../../../functions/domain/idempotency';
import { parallelPuts } from '../../../functions/domain/delivery/dispatch';
import { maxInputBytes } from '../../../functions/domain/run/input';
import { maxWaitSeconds } from '../../../functions/domain/run/wait-for-run';
import { planIncludes, planSchema, plans, type Channel } from '../../../functions/domain/tenant/plan';
import { historyDays } from '../../../functions/domain/tenant/usage';
import {
  deadlineGraceSeconds,
  handOverAfterSeconds,
  idempotencyLeaseSeconds,
} from '../../../functions/domain/timetable';
import { inputLimits } from '../../../functions/domain/workflow/input/declaration';
import { recipeLimits, type StepType } from '../../../functions/domain/workflow/recipe';
import { maxTools } from '../../../functions/domain/workflow/tool/tool-name';
import { maxBodyBytes, maxBodyLevels } from '../../../functions/edge/http/body';
import { maxTagCharacters, maxTags } from '../../../functions/edge/http/entity-tag';
import { pageSize } from '../../../functions/edge/http/page';
import { maxTrailBytes } from '../../../functions/run-segment/perform-steps';
import { markdownTable } from '../../markdown-table';
import { grouped, inBytes, inTime } from '../units';

const heads: Readonly<Record<Channel, string>> = { dashboard: 'dashboard', mcp: 'MCP', rest_api: 'REST API' };
const channels: readonly Channel[] = ['dashboard', 'mcp', 'rest_api'];

/** What each plan allows. */
export function plansTable(): string {
  return markdownTable(
    ['plan', 'runs per UTC day', ...channels.map((channel) => heads[channel])],
    planSchema.options.map((plan) => {
      const { dailyRunCap } = plans[plan];
      const cap = dailyRunCap === null ? 'unlimited, or a number for the tenant' : grouped(dailyRunCap);
      return [plan, cap, ...channels.map((channel) => (planIncludes(plan, channel) ? 'yes' : 'no'))];
    }),
  );
}

const { steps, bytes, messageBytes, eventCharacters, payloadBytes, payloadLevels, delaySeconds } = recipeLimits;

/** The limits of each step type's own fields. */
const stepLimits: Readonly<Record<StepType, readonly (readonly [what: string, limit: string])[]>> = {
  log: [['message of a `log` step, before and after its input is filled in', `1 to ${inBytes(messageBytes)}`]],
  delay: [['length of a `delay` step', `${delaySeconds.min} to ${delaySeconds.max} whole seconds`]],
  fire_webhook_event: [
    ['name of an event', `${eventCharacters} characters`],
    ['payload of an event', `${inBytes(payloadBytes)} and ${payloadLevels} levels`],
  ],
};

export function recipeTable(): string {
  return markdownTable(
    ['in a recipe', 'limit'],
    [
      ['steps', `1 to ${steps}`],
      ['the whole recipe as JSON', inBytes(bytes)],
      ...Object.values(stepLimits).flat(),
      ['declared inputs', `${inputLimits.inputs}, and ${inBytes(inputLimits.bytes)} as JSON`],
      [
        'name, description and choices of an input',
        `${inputLimits.nameCharacters} and ${inputLimits.descriptionCharacters} characters, and ${inputLimits.enumValues} values`,
      ],
      ['workflows of a tenant that are offered as tools', String(maxTools)],
    ],
  );
}

export function requestTable(): string {
  return markdownTable(
    ['in a request', 'limit'],
    [
      ['body', `${inBytes(maxBodyBytes)} and ${maxBodyLevels} levels`],
      ['`input` of a run', inBytes(maxInputBytes)],
      ['`If-Match` and `If-None-Match`', `${maxTags} entity tags, ${grouped(maxTagCharacters)} characters`],
      ['`Idempotency-Key`', `${maxKeyCharacters} ASCII characters, remembered for ${claimHours} h`],
      ['a request whose process died gives up its key after', inTime(idempotencyLeaseSeconds)],
      ['`wait_seconds`', `0 to ${maxWaitSeconds}`],
      ['rows on a page of a list', `${pageSize.min} to ${pageSize.max}, ${pageSize.fallback} unless asked for`],
      ['name of a workflow, a token or a tenant', `1 to ${nameCharacters} characters`],
      [
        'description of a workflow, and of a webhook endpoint',
        `${grouped(workflowDescription)} and ${endpointDescription} characters`,
      ],
      ['faults listed in one refusal, which says if there are more', String(maxListedFaults)],
      ['an unknown key as its fault names it', `${maxPointerKeyCharacters} characters, then …`],
      ['whole numbers, with either sign', `up to ${grouped(Number.MAX_SAFE_INTEGER)}`],
      ['other numbers', 'what a 64-bit floating-point number holds exactly'],
      [
        'place of a refused number or a repeated name',
        `${grouped(maxPointerCharacters)} characters and one more key, then …`,
      ],
      ['names in an MCP message, its `params`, `_meta` and `arguments`', `${maxNames} each`],
      ['`id`, `method`, `name` and `uri` of an MCP message', `${maxTextCharacters} characters each`],
    ],
  );
}

export function runTable(): string {
  return markdownTable(
    ['of a run', 'limit'],
    [
      [
        'time to its end, beside its own delays',
        `${inTime(deadlineGraceSeconds)}, then it fails with \`run_timed_out\``,
      ],
      ['record of performed steps', `${inBytes(maxTrailBytes)}; beyond that, outputs are left out`],
      [
        'an Express execution after which its next segment goes to another one',
        `${handOverAfterSeconds} s, so that a call that times out and its repeats still fit`,
      ],
      [
        'one execution on the Express and on the Standard machine',
        `${inTime(machineTimeoutSeconds.express)} and ${inTime(machineTimeoutSeconds.standard)}`,
      ],
      [
        'waiting inside one call for a table that throttles, and between calls',
        `${inTime(segmentTime.patienceUntil)}, and up to ${throttleRetry.firstWaitSeconds} to ${throttleRetry.longestWaitSeconds} s`,
      ],
      ['deliveries of one event that are stored at once', String(parallelPuts)],
      ['days of usage that `GET /api/v1/usage` lists, and that are kept', `${historyDays} and ${keptDays}`],
      ['time for which it is kept', 'for ever'],
    ],
  );
}
