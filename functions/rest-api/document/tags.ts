import type { Operation } from './operation';

/** How the operations are grouped: in the navigation of API tools, and as modules of generated clients. */
const groups = [
  { name: 'Workflows', description: 'Recipes and their versions', paths: /^\/(workflows|recipes)\b/ },
  {
    name: 'Runs',
    description: 'Starting workflows and following them',
    paths: /^\/(workflow-runs|workflows\/[^/]+\/runs)\b/,
  },
  { name: 'Webhooks', description: 'Endpoints and deliveries to them', paths: /^\/webhook-/ },
  { name: 'Access', description: 'Access tokens and connected apps', paths: /^\/(tokens|connected-apps)\b/ },
  {
    name: 'Tenant',
    description: 'The caller, use of the plan, changes',
    paths: /^\/(me|overview|usage|audit-events)$/,
  },
  { name: 'Service', description: 'Health and descriptions of the API', paths: /^\/(health|openapi\.json|reference)$/ },
] as const;

export const tags = [
  ...groups.map(({ name, description }) => ({ name, description })),
  { name: 'Events', description: 'What is sent to webhook endpoints' },
];

/** @throws Error for a route of no group */
export function tagOf({ path }: Pick<Operation, 'path'>): string {
  const found = groups.findLast(({ paths }) => paths.test(path.replace('/api/v1', '')));
  if (found === undefined) throw new Error(`${path} belongs to no group of operations; name one for it.`);
  return found.name;
}
