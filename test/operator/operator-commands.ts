import { operate } from './operator';

/** Names in the part of a help text that lists commands. */
function commandsIn(help: string): string[] {
  const lines = help.split('\n');
  const headings = ['Tenants:', 'Workflows:', 'Webhooks:', 'Upkeep:', 'Commands:'];
  let listing = false;
  return lines.flatMap((line) => {
    if (/^\S/.test(line)) listing = headings.includes(line);
    const [, name] = /^ {2}([a-z][a-z-]*)(?= )/.exec(line) ?? [];
    return listing && name !== undefined && name !== 'help' ? [name] : [];
  });
}

/** Every command of the command line that does something, such as `tenants list`. */
export async function everyCommand(...group: string[]): Promise<string[]> {
  const { out } = await operate([...group, '--help']);
  const names = group.length > 0 && !out.split('\n')[0]!.includes('[command]') ? [] : commandsIn(out);
  if (names.length === 0) return [group.join(' ')];
  return (await Promise.all(names.map((name) => everyCommand(...group, name)))).flat();
}
