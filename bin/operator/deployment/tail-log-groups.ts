import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { LogTail } from './log-tail';

export interface TailedRun {
  readonly uid: string;
  readonly created_at: string;
}

/** A line can arrive in CloudWatch Logs this long after its timestamp, so each read goes back this far. */
const overlapMs = 60_000;

/** Follows the log groups of a deployed stack's functions. `close` only frees the sockets of its clients. */
export function tailLogGroups(
  stackName: string,
  clientOptions: { region?: string; profile?: string },
  { uid, created_at: createdAt }: TailedRun,
): LogTail & { close: () => void } {
  const cloudFormation = new CloudFormationClient(clientOptions);
  const logs = new CloudWatchLogsClient(clientOptions);
  const seenIds = new Set<string>();
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
        if (seenIds.has(id)) return [];
        seenIds.add(id);
        return [message.trimEnd()];
      });
    },
    close: () => {
      cloudFormation.destroy();
      logs.destroy();
    },
  };
}

/** Leaves out the vended log groups, to which the API and the state machines write the same events in more words. */
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
