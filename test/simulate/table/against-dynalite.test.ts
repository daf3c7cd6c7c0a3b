import { provedKinds } from '../../engines/kinds/known-kinds';
import { play, type Fault, type Played } from './comparison/play';

const requests = 2_000;
let played: Played;
beforeAll(async () => void (played = await play(requests, 1)));

describe('the table in memory', () => {
  it(`answers ${requests} random requests as dynalite does, and has the same rows in the end`, () => {
    expect(played.differences).toEqual([]);
    expect(played.isSameTable).toBe(true);
  });

  it('was asked for every kind of request that the product sends', () => {
    expect([...provedKinds].filter((kind) => !played.kinds.has(kind))).toEqual([]);
  });

  it.each(['Put', 'Update', 'Delete'])('was asked for writes whose condition holds and fails: %s', (operation) => {
    const { [`${operation} accepted`]: accepted = 0, [`${operation} ConditionalCheckFailedException`]: failed = 0 } =
      played.outcomes;

    expect(Math.min(accepted, failed)).toBeGreaterThan(50);
  });
});

describe('the comparison with dynalite', () => {
  const withOption =
    (option: string, change: (value: any) => unknown): Fault =>
    (handle) =>
    ({ constructor, input }) =>
      handle({
        constructor,
        input: input[option] === undefined ? input : { ...input, [option]: change(input[option]) },
      });
  const faults: readonly [string, Fault][] = [
    [
      'takes every condition for fulfilled',
      withOption(
        'ConditionExpression',
        (condition) => `attribute_exists(pk) OR NOT attribute_exists(pk) OR ${condition}`,
      ),
    ],
    ['takes AND for OR', withOption('ConditionExpression', (condition) => condition.replace('AND', 'OR'))],
    ['adds where it should subtract', withOption('UpdateExpression', (update) => update.replace(' - ', ' + '))],
    ['removes nothing', withOption('UpdateExpression', (update) => update.replace(/ ?REMOVE [^A-Z]+$/, '') || update)],
    ['reads backwards', withOption('ScanIndexForward', (isForward) => !isForward)],
    ['reads one row more than its limit', withOption('Limit', (limit) => Number(limit) + 1)],
    ['begins every page at the first row', withOption('ExclusiveStartKey', () => undefined)],
    [
      'returns the row as it was instead of as it is',
      withOption('ReturnValues', (of) => (of === 'ALL_NEW' ? 'ALL_OLD' : of)),
    ],
  ];

  it.each(faults)('finds a table that %s', async (_name, fault) => {
    const { differences, isSameTable } = await play(requests, 1, fault);

    expect({ differs: differences.length > 0, isSameTable }).not.toEqual({ differs: false, isSameTable: true });
  });
});
