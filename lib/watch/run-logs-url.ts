import type { Stack } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { queryOfRun } from './saved-queries';

/** Logs of production are kept this long; a wider look costs nothing where there are none. */
const daysBack = 90;

/**
 * Address of the console with the query of one run filled in; `{uid}` stands for the run's. The console writes its own
 * state so: `~` and quotes as they are, anything else in a text as `*` and two hex digits, `?` and `=` as `$` and theirs.
 */
export function runLogsUrl({ region }: Stack, logGroups: readonly ILogGroup[]): string {
  const query = queryOfRun('{uid}').split('{uid}').map(escaped).join('{uid}');
  // Names that CloudFormation gives are letters, digits and hyphens, which need no escape.
  const source = logGroups.map(({ logGroupName }) => `~'${logGroupName}`).join('');
  const detail =
    `~(end~0~start~-${daysBack * 86_400}~timeType~'RELATIVE~tz~'UTC~unit~'seconds` +
    `~editorString~'${query}~source~(${source}))`;
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:logs-insights$3FqueryDetail$3D${detail}`;
}

function escaped(text: string): string {
  return text.replace(/[^\w.-]/g, (character) => `*${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
