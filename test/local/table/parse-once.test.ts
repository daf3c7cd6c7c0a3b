import conditionParser, { type ParseContext, type ParseExpression } from 'dynalite/db/conditionParser';
import updateParser from 'dynalite/db/updateParser';
import { parseOnce, remembering } from '../../../local/table/parse-once';
import { play } from '../../simulate/table/comparison/play';

type Request = readonly [expression: string, names: Record<string, string>, values: Record<string, object>];

const conditions: readonly Request[] = [
  ['#a = :a AND attribute_exists(#b)', { '#a': 'status', '#b': 'pk' }, { ':a': { S: 'open' } }],
  ['#a = :a AND attribute_exists(#b)', { '#a': 'status', '#b': 'pk' }, { ':a': { S: 'ended' } }],
  ['#a = :a AND attribute_exists(#b)', { '#a': 'other', '#b': 'pk' }, { ':a': { S: 'ended' } }],
  ['begins_with(#a, :a)', { '#a': 'sk' }, { ':a': { S: 'RUN#' } }],
  ['begins_with(#a, :a)', { '#a': 'sk' }, { ':a': { N: '1' } }],
  ['begins_with(#a, :a)', { '#a': 'sk' }, { ':a': { S: 'STEP#' } }],
  ['#a BETWEEN :a AND :b', { '#a': 'sk' }, { ':a': { S: 'a' }, ':b': { S: 'b' } }],
  ['#a BETWEEN :a AND :b', { '#a': 'sk' }, { ':a': { S: 'b' }, ':b': { S: 'a' } }],
  ['attribute_type(#a, :a)', { '#a': 'sk' }, { ':a': { S: 'S' } }],
  ['attribute_type(#a, :a)', { '#a': 'sk' }, { ':a': { S: 'X' } }],
  ['#a = :a OR #a = :a', { '#a': 'n' }, { ':a': { N: '1' }, ':unused': { N: '2' } }],
  ['#a = :a OR #a = :a', { '#a': 'n' }, { ':a': { N: '3' }, ':unused': { N: '2' } }],
  ['constructor = :a', {}, { ':a': { S: 'x' } }],
  ['#a.#b[1] <> :a', { '#a': 'map', '#b': 'list' }, { ':a': { L: [{ S: ':a' }] } }],
  ['#a.#b[1] <> :a', { '#a': 'map', '#b': 'list' }, { ':a': { L: [{ S: ':b' }] } }],
  ['#a = :missing', { '#a': 'n' }, {}],
  ['#a =', { '#a': 'n' }, {}],
  ['status = :a', {}, { ':a': { S: 'x' } }],
];

const updates: readonly Request[] = [
  ['SET #a = #a + :one, #b = :b', { '#a': 'count', '#b': 'at' }, { ':one': { N: '1' }, ':b': { S: 'now' } }],
  ['SET #a = #a + :one, #b = :b', { '#a': 'count', '#b': 'at' }, { ':one': { N: '2' }, ':b': { S: 'then' } }],
  ['SET #a = #a + :one, #b = :b', { '#a': 'count', '#b': 'at' }, { ':one': { S: '2' }, ':b': { S: 'then' } }],
  ['SET #a = if_not_exists(#a, :a) REMOVE #b ADD #c :c', { '#a': 'a', '#b': 'b', '#c': 'c' }, { ':a': { L: [] }, ':c': { N: '1' } }],
  ['SET #a = if_not_exists(#a, :a) REMOVE #b ADD #c :c', { '#a': 'a', '#b': 'b', '#c': 'c' }, { ':a': { L: [] }, ':c': { S: '1' } }],
  ['SET #a = :a SET #b = :a', { '#a': 'a', '#b': 'b' }, { ':a': { S: 'x' } }],
  ['SET #a = :a, #a = :a', { '#a': 'a' }, { ':a': { S: 'x' } }],
]; // prettier-ignore

/** What a parser makes of a request, and what it leaves for the complaint about unused names and values. */
function outcomeOf(parse: ParseExpression, [expression, attrNames, attrVals]: Request) {
  const unused = (of: object) => Object.fromEntries(Object.keys(of).map((key) => [key, true]));
  const context = {
    attrNames,
    attrVals,
    unusedAttrNames: unused(attrNames),
    unusedAttrVals: unused(attrVals),
    isReserved: (name: string) => name === 'status',
    compare: (_comparison: string, { S: one = '' }: { S?: string }, { S: other = '' }: { S?: string }) => one > other,
  } satisfies ParseContext & Record<string, unknown>;
  try {
    const result = parse(expression, { context });
    return { result, unusedNames: context.unusedAttrNames, unusedValues: context.unusedAttrVals };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

describe('an expression that was parsed before', () => {
  it.each([
    ['conditions', conditionParser.parse, conditions],
    ['updates', updateParser.parse, updates],
  ])('means the same as if it were parsed anew: %s', (_name, parse, requests) => {
    const remembered = remembering(parse);
    const twice = [...requests, ...requests];

    expect(twice.map((request) => outcomeOf(remembered, request))).toEqual(
      twice.map((request) => outcomeOf(parse, request)),
    );
  });

  it('is not parsed again, whatever its values are', () => {
    let parsed = 0;
    const counting: ParseExpression = (...asked) => {
      parsed += 1;
      return conditionParser.parse(...asked);
    };
    const remembered = remembering(counting);

    for (const S of ['open', 'ended', 'open']) outcomeOf(remembered, ['#a = :a', { '#a': 'x' }, { ':a': { S } }]);

    expect(parsed).toBe(1);
  });

  it('shares nothing with the request before, into which dynalite writes its results', () => {
    const remembered = remembering(updateParser.parse);
    const request: Request = ['SET #a = #b', { '#a': 'a', '#b': 'b' }, {}];
    const first = outcomeOf(remembered, request);
    const { result } = outcomeOf(remembered, request) as { result: { sections: { val: unknown }[] } };

    result.sections[0]!.val = 'written by dynalite';

    expect(outcomeOf(remembered, request)).toEqual(first);
  });
});

// The test files of a worker share dynalite.
const parsers = [conditionParser, updateParser].map((parser) => ({ parser, parse: parser.parse }));
afterAll(() => parsers.forEach(({ parser, parse }) => (parser.parse = parse)));

test('a table that parses each expression once answers random requests as the table in memory does', async () => {
  parseOnce();

  const { differences, isSameTable } = await play(2_000, 7);

  expect({ differences, isSameTable }).toEqual({ differences: [], isSameTable: true });
});
