import { figuresParts } from '../../bench/figures/figures-parts';
import { outdated } from '../../bench/generated';

test('limits, times and refusals of the documentation are those of the code; otherwise: npm run figures -- --write', () => {
  expect(outdated(figuresParts())).toEqual([]);
});

test('a number that differs by one is noticed', () => {
  const parts = figuresParts().map((part) => ({ ...part, text: part.text.replaceAll('50', '51') }));

  expect(outdated(parts)).toContain('docs/limits.md: recipe limits');
});
