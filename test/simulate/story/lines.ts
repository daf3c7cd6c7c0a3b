import type { Told } from '../schedule/told';

/** What is worth telling: what somebody did, and where the schedule left the calm one. */
const told: readonly Told['kind'][] = ['act', 'fault', 'jump', 'late', 'reorder'];

/** Lines of a story, in order: when, who, what. An answer stands in the line of its request if nothing came between. */
export function storyLines(events: readonly Told[], all: boolean): string[] {
  const lines: string[] = [];
  let last: Told | undefined;
  for (const event of events) {
    if (!all && !told.includes(event.kind)) continue;
    const isAnswer =
      event.kind === 'act' && event.what.startsWith('gets ') && last?.who === event.who && last.kind === 'act';
    if (isAnswer) lines.push(`${lines.pop() ?? ''}, ${event.what}`);
    else
      lines.push(`${new Date(event.atMs).toISOString().slice(8, 19).replace('T', ' ')}  ${event.who}  ${event.what}`);
    last = event;
  }
  return lines;
}
