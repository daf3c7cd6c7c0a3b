/** How many workflows of a tenant may be tools of their own: clients show the whole list to the model in every conversation. */
export const maxTools = 40;

/**
 * The longest name of a tool. Clients put the name of the server before it and allow 64 characters in all.
 * https://modelcontextprotocol.io/specification/2026-07-28/server/tools
 */
const maxNameCharacters = 48;

/** The four tools of the product do not begin so, hence no workflow takes the name of one of them. */
export const toolPrefix = 'run_';

/**
 * The name of a workflow's tool: `run_spring_promo` for "Spring Promo". Accents are dropped; a name without letters and digits
 * of ASCII gives `run_workflow_7`, with the number of the workflow.
 */
export function toolNameOf(workflowName: string, workflowId: number): string {
  const plain = workflowName
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? ['workflow', String(workflowId)];
  return (toolPrefix + words.join('_')).slice(0, maxNameCharacters).replace(/_+$/, '');
}
