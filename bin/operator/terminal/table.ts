import Table from 'cli-table3';
import { printable } from './printable';

export type Cell = string | number | boolean | null | undefined;

/** Longer cells are cut so that a table stays readable; `show` and `--json` print them whole. */
const maxCellCharacters = 60;

const columnsOnly = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
  },
  // No colours: their escape codes would end up in files and pipes.
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

/** Prints rows under their headings, or the text `empty` if there are none. */
export function printTable(head: readonly string[], rows: readonly (readonly Cell[])[], empty: string): string {
  if (rows.length === 0) return empty;
  const table = new Table({ ...columnsOnly, head: head.map((heading) => heading.toUpperCase()) });
  for (const row of rows) table.push(row.map((cell) => shorten(cellText(cell))));
  return trimLines(table.toString());
}

/** Prints the properties of one thing, each on its own line. */
export function printDetails(properties: Readonly<Record<string, Cell>>): string {
  const table = new Table(columnsOnly);
  for (const [name, cell] of Object.entries(properties)) table.push([name, cellText(cell)]);
  return trimLines(table.toString());
}

/** Prints a time to the second; a text that is not a time is returned unchanged. */
export function printTime(time: string | null | undefined): string | null {
  return time === null || time === undefined
    ? null
    : time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/, '$1 $2Z');
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined || cell === '') return '–';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return printable(String(cell));
}

function shorten(text: string): string {
  if (text.length <= maxCellCharacters) return text;
  // Do not keep half of a surrogate pair.
  return `${text.slice(0, maxCellCharacters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function trimLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
