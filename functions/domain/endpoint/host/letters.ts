/**
 * The characters outside ASCII that a host name may have: those that Unicode 15.0 has and that UTS #46 accepts as they
 * are (https://www.unicode.org/reports/tr46/). Later versions only add to them, so every supported Node knows them. They
 * are listed here because Node's own lists differ by its version. `test/runtimes/print-letters.ts` prints both lists.
 *
 * Numbers are in base 36: the distance from the end of the range before and, after a plus sign, how many more characters
 * the range has than one. They are read when a name needs them and not at a cold start, which would take half a
 * millisecond longer.
 */
const letters = `
  4h+6 2 2+1 2 2+1 5+1 4 4 o 8+w 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 4 2+1 2 2 2 4 2 2 2 3 2 2 2 2 2 2 2
  2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 3 2 2 2 3 2 3 4+1 5 3 4+2 3 3 2 2 3 2+1 2 3 4 2 3+2 2+6 b 2 2 2 2 2 2 2+1 2 2 2 2 2 2
  2 2 2+1 5 4 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2+6 3 3+1 2 5 2 2 2 2+2o a+u 7+1 6+q 36 2 2 2
  4+2 j s+y 9 2 2 2 2 2 2 2 2 2 2 2 2 4 3 2 3+1 1g+1b 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2+1 9 2 2 2 2 2 2 2 2 2 2 2 2 2
  2 2 2 2 2 2 2 2 2 2 2 2 2 3 2 2 2 2 2 2+1 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2
  2 2 2 2 2 2 2 2 2 2 2 16+19 2+2 3+2 1b 2 3 3 a+q 5+5 i+9 c 2+19 m+f 2+3 5+2k 9 7+1 3 5+v 3 2+t u+2g c f+16 a+6 4+n 5
  a 4 8+e 2+o 6 2+a 6+u a+1m 1e+1h 4 j g+1 3+s 5+7 3+1 3+l 2+6 2 4+3 4 h i+1 5+n 8+5 5+1 3+l 2+6 2 3 3+1 z a+9 3+2 2
  f+8 2+2 2+l 2+6 2+1 2+4 4 j g+1 5+b 8 c+7 3+1 3+l 2+6 2+1 2+4 4 y+2 5+h c 2+5 4+2 2+3 4+1 2 2+1 4+1 4+2 4+b n m+k
  b+7 2+2 2+m 2+f 3+1 r+2 3 3+1 5+9 8+9 4+8 2+2 2+m 2+9 2+4 4 w+1 2+1 5+9 2+2 h+8 2+2 2+14 3 h+1 5+2 2+9 5+p 6+h 4+n
  2+8 2 3+6 w+9 5 d+1b 2 d+7 9+c 12+1 2 2+4 2+n 2 2+9 2 b 3+4 2 8 2+9 5+1 x+b 2+a 3+q 2 2 2+3 3+2 2+3 2+3 2+3 2+3 2+3
  2+b 2+2 p 3+4 1e+7 2+5 2+c 12+16 l+m 5+3 4 4+1 8+2 5+c d 2+9 5+1 1d+17 2+2p 3+6f 2+3 3+6 2 2+3 3+14 2+3 3+w 2+3 3+6
  2 2+3 3+e 2+1k 2+3 3+1u 6+s 4+p 7+2d b+hr 2+r 4+2g 8+h 4 a+i 4+1 a+h f+c 2+2 g+1f x+8 4+9 7+9 7+5 2+3 6+9 7+2g 8+4
  3+x 2 6+1x b+u y 4+15 3+4 c+17 5+p 7+a 4+1k 8+1i 18+9 7+9 7+d k+d 1j+1a i+7 4+q a+a 5+t e+1j n+13 o+e 4+1e 1t+7 c
  m+3 2+5 2+1 4 6+17 4 c j t+c 2+x 2o 7 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2
  2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2+4 3+1 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2
  2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2+8 9+5 b+7 9+7 9+5 b+7 9+7 9 2 2 2 2 2 2 1g+1 5 g a+2 4+1
  9+2 2+3 f q 2+4 2+b 4 9+2 3 3+3 2 2+7 4+c 2+6 1u+7 2+n 1w 4 c 3+1 6+1 4 2 2 2 5 c 7+3 6+5 1d+2 2+4 2+1 5+4b 3 3+6v
  3+6z q+a 4h+10g 2+2u 4+2s 2+46 3+v 2+2w 1d+1b 2 4+1 2 2 2 5 2+1 2+5 6 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2
  2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2+7 2 2 5 6+18 2 6 3+1j 9 g+m a+6 2+6 2+6 2+6 2+6 2+6 2+6 2+6 y+2l
  z+p 2+3 2+2a 7j 2+12 7+5 2 4+4 2+2d 7+1 2+2m 7+16 2p+1 f+1v d+f 21+7 1c ap+m8c 4+1i a+9n m 2 2 2 2 2 2 2 2 2 2 2 2 2
  2 2 2 2 2 2 2 2 2+1 5 b+1 2 2 2 2 2 2 2 2 2 2 2 2 2 2 5+27 3+5 9+x 2 2 2 2 2 2 2+2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2
  2 2 2 2 2 2 2 2 2 2 2 2 2 2 2+7 2 2 3 2 2 2 2+3 2 2+1 2 2+2 2 2 2 2 2 2 2 2 2 2 6 6 2 2 2 2 2 2 2 5 2 7 2 2 2 2 t+1
  3+7 2+2 2+3 2+m 6+3 5+9 7+1j b+1d r+b p+c 2+11 9+o p+t 8+1a f+c 2+a 5+6 2+o 2+14 o+2 2+7 5+9 3+u 4+1d 2 4+1 3+4 3 2
  p+f 6+4 d+5 3+5 3+5 a+6 2+6 2+17 5+8 2+1 2d+y 9 5+9 7+8mb d+m 5+1c 6qb+1 2 2+1 b 2 2+1 3+2 ax+g ak+h 3k 1a+2 1y+1 19
  b1+b 2+p 2+i 2+1 2+e 3+d z+3e 6+2 5+18 4+2f 2+c 4 1c+18 3o+s 4+1c h+q 5+z a+t 6+11 b+t 2+10 5+d 2b+39 3+9 1b+z 5+13
  9+1f c 14+a 2+e 2+6 2+1 1w+8m a+l b+7 p 3k+5 3 2+17 2+1 4 3+m 2+1z 9+8 1d+i 2+1 6+w 4+q 6 1t+1j 5+j 3+1a g+3 2+2 2+s
  b+8 8+8 8+1r x+10 7+b a+1h 4+s 3+q 6+p 8+3 d+6 29+20 3c+1e 8+15 d+9 87+u 2+15 4 3+1 24+16 9+l c+8 n+p 13+r l+m d+1g
  g+6 5+z e+18 c+1 2+4 e+o 8+9 a+z g+e 3 9+y 2+2 d+1b f+7 5 3+f 2+j c+h 2+o d+5 2+2 1r+6 2 2+3 2+e 2+a 7+1a i+9 c+7
  3+1 3+l 2+6 2+1 2+4 4 j d+4 4f+1g j+k 2 2+2 v+1b l+3 9+9 4n+1a j+q 11+1b i+3 c+9 7+c k+16 e+1 7+9 1j+q m+m 56+17 g
  3p+1e d+7 3 3+7 2+1 2+n g 2 3+2 a+9 1z+7 3+12 h+2 t b+13 8 5+7 a c+19 h+8 e+20 8+9 6v+8 2+10 i+5 b+s 4+v 35+6 2+1
  2+11 m a+9 7+5 2+1 2+v f 8+9 8n+i 5+1 8+g 2+14 4+r 2f g+1d e+pm 2v+32 2+4 c+5f 219+2q e+tr h+l 33f+g6 6nu+fs 8+u 2+9
  5+28 2+9 7+t 8 b+1b 8+e b+9 2+6 2+k 6+i k1+1m 2u+22 6 1v+c 1t+3 t+4qf 9+yd 17+8 6w8+3 2+6 2+1 2+82 g u+2 3 f+3 9+az
  1s5+2y 6+c 4+8 8+9 3 3 3mp+19 3+m a+37 1p+6t b+12 3+1g d+2 n+1 8+t 5+c 7+15 m+1t 4 3f+j d+j d+2e a+o w8+e7 1k+3 1f+7
  2+d 2+6 vp+u 7+5 9x 35+18 b+6 3+9 5+1 8x+u i+17 5+9 6 cx+15 kn+6 2+3 2+1 2+e 2+5g 3+8 2b+x 8 5+9 5+1 lu+1v 25+1o
  c3+1 7j+17 5+2r d+e 3+e 2+e 2+10 m+4 w x+p 4+y 2+s 1l+p 2p+5 4b+rb 5+g 4+c 4+3a 5+2m 7+b 5 g+b 5+1j 9+9 7+13 9+t 3+1
  27+9f d+d 3+c 4+8 8+19 2+6 9+d 5+8 8+8 8+42 2+1i ty+wyn x+37d 7+65 3+4g1 f+5rk 3z4+3t6 6+38f
`;

/** Marks that change the letter before them, so that no label begins with one. */
const marks = `
  lc+1r 3 4+8 2+v 7o+6 7c+18 2 2+1 2+1 2 21+a 1d+k h 2u+6 3+5 3+1 2+3 10 v+q 2k+a 1n+8 a p+3 2+8 2+2 2+4 18+2 3c+e 2+w
  1j+2 2+h 2+6 b+1 u+2 1l 2+6 3+1 3+2 a b+1 r 3+2 1l 2+4 5+1 3+2 4 v+1 4 c+2 1l 2+7 2+2 2+2 l+1 n+5 2+2 1l 2+6 3+1 3+2
  8+2 b+1 v 1o+4 4+2 2+3 a 15+4 1m+6 2+2 2+3 8+1 c+1 u+2 1l 2+6 2+2 2+3 8+1 c+1 t+3 1k+1 2+6 2+2 2+3 a b+1 u+2 1z 5+5
  2 2+7 j+1 1q 3+6 d+7 2r 3+8 c+5 23+1 s 2 2 5+1 1e+1 2 6+6 2+2 2+1 6+5 2+3 2+3 2+3 2+3 2+3 2+b 2+2 a 2t+j o+3 5+2 2+2
  3+6 4+3 e+b 2 b+3 jk+2 qb+2 u+2 u+1 v+1 1v+t a 4o+1 z 3b+b 5+b 64+4 1m+9 2+s 3 1d+g 1s+4 1c+g 13+8 d+2 v+c 1l+d 1d+j
  49+2 2+k 5 7 3+2 5j+1l 2+4 k1+w 2db+2 3y 2p+v ff+5 2y+1 n9x+3 2+9 x+1 29+1 7l 4 5 o+4 5 2c+1 1f+h r+h e 13+7 q+c
  19+3 1c+d 11 1w+d d 9+1 1a+2 1f 2+2 3+1 6+1 2 16+4 6+1 6l+7 2+1 fn5 le+f r2 6b 46+4 1af+2 2+1 6+3 15+2 5 4m+1 fy+3
  as+1 4a+a 4w+2 1i+e 1l+3 1a+a 1y+2 11+d h+1 19 d+2 1d+d 9+3 2+1 2l+b 7 4h+b m+3 1k+1 2+6 3+1 3+2 a b+1 3+6 4+4 5d+h
  o 2a+j 6k+6 3+8 s+1 2b+g 2z+c 2u+e 75+e 6u+5 2+1 3+3 2 2+1 3y+6 3+6 4 t+9 15+6 2+3 9 a+a 1b+f ba+7 2+7 2b+l 2+d 3f+5
  4 2+1 2+6 2 1v+4 2+1 2+4 9o+3 f0a+4 1o+6 t5 2+1i 8+3 2a c+1 f58+1 43r+4 4+5 9+7 3+6 v+3 45+2 1j0+1i 5+1d 9 f n+4 2+e
  11t+6 2+g 3+6 2+1 2+4 7a+6 c6+3 15t+6 32+6
`;

export const isLetter = memberOf(letters);
export const isMark = memberOf(marks);

type Range = readonly [first: number, last: number];

function memberOf(list: string): (character: string) => boolean {
  let ranges: readonly Range[] | undefined;
  return (character) => {
    // Read once at most, and it never changes.
    ranges ??= readRanges(list);
    const point = character.codePointAt(0) ?? 0;
    return ranges.some(([first, last]) => point >= first && point <= last);
  };
}

function readRanges(list: string): Range[] {
  let end = 0;
  return [...list.matchAll(/(\w+)(?:\+(\w+))?/g)].map(([, distance = '', more = '0']) => {
    const first = end + parseInt(distance, 36);
    end = first + parseInt(more, 36);
    return [first, end];
  });
}
