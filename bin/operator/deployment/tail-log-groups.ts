import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { LogTail } from './log-tail';

export interface TailedRun {
  readonly uid: string;
  readonly created_at: string;
}

/** A line may arrive so much later than its time says. */
const overlapMs = 60_000;

/** In the log groups of a deployed stack's functions. Ends with the process; `close` only frees its sockets. */
export function tailLogGroups(
  stackName: string,
  reach: { region?: string; profile?: string },
  { uid, created_at: createdAt }: TailedRun,
): LogTail & { close: () => void } {
  const cloudFormation = new CloudFormationClient(reach);
  const logs = new CloudWatchLogsClient(reach);
  const seen = new Set<string>();
  let groups: string[] | undefined;
  let sinceMs = Date.parse(createdAt);
  return {
    isLate: true,
    read: async () => {
      groups ??= await functionLogGroups(cloudFormation, stackName);
      const startedMs = Date.now();
      const found = await Promise.all(groups.map((group) => linesIn(logs, group, uid, sinceMs)));
      const lines = found.flat().sort((one, other) => one.atMs - other.atMs);
      sinceMs = Math.max(sinceMs, startedMs - overlapMs);
      return lines.flatMap(({ id, message }) => {
        if (seen.has(id)) return [];
        seen.add(id);
        return [message.trimEnd()];
      });
    },
    close: () => {
      cloudFormation.destroy();
      logs.destroy();
    },
  };
}

/** Vended ones are of the API and the state machines, which tell the same in more words. */
async function functionLogGroups(client: CloudFormationClient, stackName: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  )) {
    for (const { ResourceType: type, PhysicalResourceId: name = '' } of StackResourceSummaries) {
      if (type === 'AWS::Logs::LogGroup' && !name.startsWith('/aws/vendedlogs/')) names.push(name);
    }
  }
  return names;
}

async function linesIn(client: CloudWatchLogsClient, group: string, uid: string, sinceMs: number) {
  const lines: { id: string; atMs: number; message: string }[] = [];
  const query = { logGroupName: group, startTime: sinceMs, filterPattern: `"${uid}"` };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, query)) {
    for (const { eventId: id = '', timestamp: atMs = 0, message = '' } of events) lines.push({ id, atMs, message });
  }
  return lines;
}
