import conditionParser, { type ParseContext, type ParseExpression } from 'dynalite/db/conditionParser';
import updateParser from 'dynalite/db/updateParser';
import { fillTemplate, templateOf } from './expression-template';

interface Parsed {
  readonly template: unknown;
  readonly usedNames: readonly string[];
  readonly usedValues: readonly string[];
}

/** The product sends a few hundred different expressions; whoever sends more than this only loses the gain. */
const keptAtMost = 1_000;

/** In these the values themselves, and not only their types, decide whether the expression is valid. */
const dependsOnValues = /between|attribute_type/i;

/**
 * Lets dynalite parse each expression once. Otherwise it parses the expressions of every request anew, which is a
 * quarter of what it does for a run. This changes the package's parsers for the whole thread.
 */
export function parseOnce(): void {
  for (const parser of [conditionParser, updateParser]) parser.parse = remembering(parser.parse);
}

/**
 * A parsed expression is used again for the same text with the same names and with values of the same types. What is
 * invalid is never kept, so every refusal is dynalite's own.
 *
 * @returns a parser with the same results as `parse`
 */
export function remembering(parse: ParseExpression): ParseExpression {
  const kept = new Map<string, Parsed>();
  return (expression, { context }) => {
    if (dependsOnValues.test(expression)) return parse(expression, { context });
    const key = keyOf(expression, context);
    const known = kept.get(key);
    if (known) {
      markUsed(context, known);
      return fillTemplate(known.template, context.attrVals ?? {});
    }
    const unusedAttrNames = { ...context.attrNames };
    const unusedAttrVals = { ...context.attrVals };
    const result = parse(expression, { context: { ...context, unusedAttrNames, unusedAttrVals } });
    const usedNames = Object.keys(context.attrNames ?? {}).filter((name) => !Object.hasOwn(unusedAttrNames, name));
    const usedValues = Object.keys(context.attrVals ?? {}).filter((name) => !Object.hasOwn(unusedAttrVals, name));
    markUsed(context, { usedNames, usedValues });
    // A text says why the expression is invalid.
    if (typeof result === 'string') return result;
    if (kept.size >= keptAtMost) kept.clear();
    kept.set(key, { template: templateOf(result, context.attrVals ?? {}), usedNames, usedValues });
    return result;
  };
}

/** Types follow their value's name, so that the key stays the same whatever the values are. */
function keyOf(expression: string, { attrNames, attrVals }: ParseContext): string {
  const types = Object.entries(attrVals ?? {}).map(([name, value]) => `${name} ${Object.keys(value).join()}`);
  return JSON.stringify([expression, attrNames, types]);
}

function markUsed(context: ParseContext, { usedNames, usedValues }: Omit<Parsed, 'template'>): void {
  for (const name of usedNames) Reflect.deleteProperty(context.unusedAttrNames, name);
  for (const name of usedValues) Reflect.deleteProperty(context.unusedAttrVals, name);
}
