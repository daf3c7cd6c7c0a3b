import type { Line } from './local-run';

type Row = Record<string, unknown>;

/**
 * Runs a query of Logs Insights, with the part of the language that the saved queries use. Anything else throws, so that
 * a query cannot pass untested. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function runQuery(query: string, lines: readonly Line[]): Row[] {
  const log = lines.map((line, index): Row => ({ ...line, '@timestamp': index }));
  const commands = query.split(/\s*\n?\s*\|\s*/);
  const shown = commands.find((command) => command.startsWith('fields '));
  const rows = commands.reduce((given, command) => perform(command, given), log);
  return shown === undefined ? rows : rows.map((row) => pick(row, list(shown.replace('fields ', ''))));
}

function perform(command: string, rows: readonly Row[]): Row[] {
  const [, name, rest = ''] = /^(\w+)\s+(.*)$/s.exec(command.trim()) ?? [];
  switch (name) {
    case 'fields':
      return [...rows];
    case 'filter':
      return rows.filter(condition(rest));
    case 'sort':
      return sorted(rows, rest);
    case 'limit':
      return rows.slice(0, Number(rest));
    case 'stats':
      return stats(rows, rest);
    default:
      throw new Error(`Not supported by this test: ${command}`);
  }
}

/** Parses `a = "x" or b != "y" and c like /z/`. `and` has precedence. */
function condition(text: string): (row: Row) => boolean {
  const anyOf = text.split(' or ').map((all) => all.split(' and ').map(comparison));
  return (row) => anyOf.some((all) => all.every((holds) => holds(row)));
}

function comparison(text: string): (row: Row) => boolean {
  const [, field = '', operator, value = ''] = /^(\w+)\s+(=|!=|like)\s+("[^"]*"|\/.*\/)$/.exec(text.trim()) ?? [];
  const literal = value.slice(1, -1);
  if (operator === '=') return (row) => row[field] === literal;
  // A missing field is not equal to any value, as in Logs Insights.
  if (operator === '!=') return (row) => row[field] !== literal;
  if (operator === 'like' && value.startsWith('/'))
    return (row) => typeof row[field] === 'string' && new RegExp(literal).test(row[field]);
  throw new Error(`Not supported by this test: filter ${text}`);
}

function sorted(rows: readonly Row[], text: string): Row[] {
  const [, field = '', direction] = /^(@?\w+) (asc|desc)$/.exec(text) ?? [];
  if (direction === undefined) throw new Error(`Not supported by this test: sort ${text}`);
  const factor = direction === 'asc' ? 1 : -1;
  return [...rows].sort((a, b) => factor * (Number(a[field] ?? -1) - Number(b[field] ?? -1)));
}

function stats(rows: readonly Row[], text: string): Row[] {
  const [aggregates = '', by = ''] = text.split(' by ');
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(list(by).map((field) => row[field] ?? null));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => ({
    ...pick(group[0]!, list(by)),
    ...Object.fromEntries(list(aggregates).map((aggregate) => aggregated(aggregate, group))),
  }));
}

function aggregated(text: string, group: readonly Row[]): [string, number] {
  const [, how, field = '', name = ''] = /^(count|max)\((\*|\w+)\) as (\w+)$/.exec(text) ?? [];
  if (how === 'count') return [name, group.length];
  if (how === 'max') return [name, Math.max(...group.map((row) => Number(row[field])))];
  throw new Error(`Not supported by this test: stats ${text}`);
}

function list(text: string): string[] {
  return text.split(',').map((one) => one.trim());
}

function pick(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(fields.filter((field) => row[field] !== undefined).map((field) => [field, row[field]]));
}
