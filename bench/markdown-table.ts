/** Formats a Markdown table as prettier does, with columns of numbers aligned to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((title, column) => {
    const cells = [title, ...rows.map((row) => row[column] ?? '')];
    return { width: Math.max(3, ...cells.map((cell) => cell.length)), cells };
  });
  const isNumber = (column: number) => rows.every((row) => /^[-–+]?[\d.,]*( ?[×%])?$/.test(row[column] ?? ''));
  const line = (row: number) =>
    `| ${columns
      .map(({ width, cells }, column) => {
        const cell = cells[row] ?? '';
        return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(' | ')} |`;
  const rule = `| ${columns
    .map(({ width }, column) => (isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
    .join(' | ')} |`;
  return [line(0), rule, ...rows.map((_, index) => line(index + 1))].join('\n');
}
