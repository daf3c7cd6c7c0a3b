/**
 * Prints the lists of functions/domain/endpoint/host/letters.ts. Run it with the oldest Node that is supported, because
 * that is the strictest: `npx tsx test/runtimes/print-letters.ts`. What it prints for Node 20 is Unicode 15.0.
 */
import { encodePunycode } from '../../functions/domain/endpoint/host/punycode';

const letters: number[] = [];
const marks: number[] = [];
for (let point = 0x80; point <= 0x10ffff; point += 1) {
  if (point >= 0xd800 && point <= 0xdfff) continue;
  const character = String.fromCodePoint(point);
  if (isAccepted(character)) letters.push(point);
  // After one of two letters, because a mark that has a common spelling with the letter before it is refused.
  else if (isAccepted(`a${character}`) || isAccepted(`\u05d0${character}`)) marks.push(point);
}
console.log(`letters: ${letters.length}\n${inRanges(letters)}\n\nmarks: ${marks.length}\n${inRanges(marks)}`);

function isAccepted(label: string): boolean {
  return URL.canParse(`https://xn--${encodePunycode(label)}.com/`);
}

/** Each range as the distance of its first code point from the end of the range before, and what it has more than one. */
function inRanges(points: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const point of points) {
    const open = ranges.at(-1);
    if (open?.[1] === point - 1) open[1] = point;
    else ranges.push([point, point]);
  }
  let end = 0;
  const written = ranges.map(([first, last]) => {
    const text = (first - end).toString(36) + (last > first ? `+${(last - first).toString(36)}` : '');
    end = last;
    return text;
  });
  return written
    .join(' ')
    .replace(/(.{1,116})(?: |$)/g, '$1\n')
    .trim();
}
