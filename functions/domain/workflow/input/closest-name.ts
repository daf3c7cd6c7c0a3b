/** Names that differ in more are not confused: a third of the letters, and never more than three. */
const maxEdits = 3;

/** The one of `names` that was probably meant by `name`; undefined if none resembles it. */
export function closestName(name: string, names: readonly string[]): string | undefined {
  if (name.length > longest) return undefined;
  const allowed = Math.min(maxEdits, Math.floor(plain(name).length / 3));
  let best: string | undefined;
  let fewest = allowed + 1;
  for (const candidate of names) {
    const edits = editsBetween(plain(name), plain(candidate));
    if (edits >= fewest) continue;
    fewest = edits;
    best = candidate;
  }
  return best;
}

/** No declared name is longer, so a longer one resembles none, and would take time to compare. */
const longest = 64;

/** `campaignName`, `campaign-name` and `Campaign_Name` are one name to those who mix them up. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** How many letters must be put in, left out, changed, or swapped with their neighbour (optimal string alignment). */
function editsBetween(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = from[row - 1] === to[column - 1] ? 0 : 1;
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next.push(
        Math.min(
          at(last, column) + 1,
          at(next, column - 1) + 1,
          at(last, column - 1) + change,
          isSwap ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = next;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
