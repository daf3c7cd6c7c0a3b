import { ProductError } from '../../errors';
import type { Workflow } from '../workflow';
import { maxTools, toolNameOf } from './tool-name';

/** Who has a name, and since when. */
export interface Holder {
  readonly workflow_id: number;
  readonly at: string;
}

/** The names that a tenant's tools have. */
export interface ToolNames {
  readonly names: Readonly<Record<string, Holder>>;
  /** How often they were changed. */
  readonly revision: number;
}

export interface ToolNameDeps {
  readonly toolNames: {
    read(tenantId: string): Promise<ToolNames>;
    /** False if they were changed since they were `seen`. */
    write(tenantId: string, seen: ToolNames, names: ToolNames['names']): Promise<boolean>;
  };
  readonly workflows: { get(tenantId: string, workflowId: number): Promise<Workflow | undefined> };
  readonly now: () => Date;
}

/** A request that loses this many races is asked to try again. */
const maxTries = 3;

/**
 * A name is taken before its workflow is marked, in two writes. If the process dies in between, nothing is offered under the
 * name, and it is free again after this time, which is longer than any request takes.
 */
const unusedAfterMs = 5 * 60_000;

/**
 * Takes a name for the tool of a workflow that is not offered yet, so that nobody else can take it. A name that the workflow
 * still has from before is taken anew: whoever is just freeing it then leaves it alone.
 *
 * @throws ProductError `tool_name_taken`, `limit_reached`, and `unavailable` if others change names at the same time
 */
export async function takeToolName(
  deps: ToolNameDeps,
  tenantId: string,
  { id, name }: Pick<Workflow, 'id' | 'name'>,
): Promise<string> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const seen = await deps.toolNames.read(tenantId);
    const wanted = nameOf(seen, id) ?? toolNameOf(name, id);
    const holder = { workflow_id: id, at: deps.now().toISOString() };
    const names = { ...(await others(deps, tenantId, seen, wanted, id)), [wanted]: holder };
    if (await deps.toolNames.write(tenantId, seen, names)) return wanted;
  }
  throw new ProductError('unavailable', 'Others are naming tools at the moment; try again.', { retryAfterSeconds: 1 });
}

/** The name that a workflow has, as it is before the workflow is no longer offered. */
export async function heldToolName(
  { toolNames }: Pick<ToolNameDeps, 'toolNames'>,
  tenantId: string,
  workflowId: number,
): Promise<Held | undefined> {
  const seen = await toolNames.read(tenantId);
  const name = nameOf(seen, workflowId);
  const holder = name === undefined ? undefined : seen.names[name];
  return name === undefined || holder === undefined ? undefined : { name, holder };
}

export interface Held {
  readonly name: string;
  readonly holder: Holder;
}

/**
 * Frees a name after its workflow is no longer offered, unless it was taken again meanwhile. If this is lost, the name is free
 * a few minutes after it was taken.
 */
export async function freeToolName(
  { toolNames }: Pick<ToolNameDeps, 'toolNames'>,
  tenantId: string,
  { name, holder }: Held,
): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const seen = await toolNames.read(tenantId);
    const now = seen.names[name];
    if (now?.workflow_id !== holder.workflow_id || now.at !== holder.at) return;
    const kept = Object.entries(seen.names).filter(([other]) => other !== name);
    if (await toolNames.write(tenantId, seen, Object.fromEntries(kept))) return;
  }
}

function nameOf({ names }: ToolNames, workflowId: number): string | undefined {
  return Object.entries(names).find(([, { workflow_id }]) => workflow_id === workflowId)?.[0];
}

/** The names beside the wanted one. @throws ProductError `tool_name_taken`, `limit_reached` */
async function others(
  deps: ToolNameDeps,
  tenantId: string,
  { names }: ToolNames,
  wanted: string,
  workflowId: number,
): Promise<ToolNames['names']> {
  const without = (all: ToolNames['names']) =>
    Object.fromEntries(Object.entries(all).filter(([, { workflow_id }]) => workflow_id !== workflowId));
  const rest = without(names);
  if (rest[wanted] === undefined && Object.keys(rest).length < maxTools) return rest;
  const used = await inUse(deps, tenantId, rest);
  if (used[wanted] !== undefined) throw taken(wanted, used[wanted]);
  if (Object.keys(used).length >= maxTools) throw full();
  return used;
}

/** The names under which something is offered, and those that were taken a moment ago. */
async function inUse(deps: ToolNameDeps, tenantId: string, names: ToolNames['names']): Promise<ToolNames['names']> {
  const latest = deps.now().getTime() - unusedAfterMs;
  const judged = await Promise.all(
    Object.entries(names).map(async ([name, holder]) => {
      if (Date.parse(holder.at) > latest) return true;
      return (await deps.workflows.get(tenantId, holder.workflow_id))?.tool_name === name;
    }),
  );
  return Object.fromEntries(Object.entries(names).filter((_entry, index) => judged[index]));
}

function taken(name: string, { workflow_id }: Holder): ProductError {
  return new ProductError(
    'tool_name_taken',
    `${name} is the tool of workflow ${workflow_id}. Give this workflow another name, or stop offering that one as a tool.`,
  );
}

function full(): ProductError {
  return new ProductError(
    'limit_reached',
    `${maxTools} workflows are offered as tools, which is the most. Stop offering one of them first.`,
  );
}
