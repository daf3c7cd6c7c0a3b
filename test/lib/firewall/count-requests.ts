/** A request as WAF sees it. */
export interface SeenRequest {
  readonly address: string;
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Interprets the rate-based rules of a synthesized web ACL: returns the group in which a rule counts a request, or
 * undefined if the rule does not count it. It knows the kinds of keys and statements that this product has used, and
 * fails on any other, so that a rule that it cannot judge does not pass.
 * docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export function groupOf(rule: any, request: SeenRequest): string | undefined {
  const { RateBasedStatement: rate, ...others } = rule.Statement;
  if (rate === undefined || Object.keys(others).length > 0) throw new Error('Not a rate-based rule');
  if (rate.ScopeDownStatement !== undefined && !matches(rate.ScopeDownStatement, request)) return undefined;
  if (rate.AggregateKeyType === 'CONSTANT') return 'everybody';
  if (rate.AggregateKeyType === 'IP') return request.address;
  if (rate.AggregateKeyType !== 'CUSTOM_KEYS') throw new Error(`Unknown key type ${rate.AggregateKeyType}`);
  const parts = rate.CustomKeys.map((key: any) => keyOf(key, request));
  // WAF does not count a request in which one of the keys is missing.
  return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}

function keyOf(key: any, { address, method, uri, headers }: SeenRequest): string | undefined {
  const [[kind, settings]] = Object.entries<any>(key) as [[string, any]];
  if (kind === 'IP') return address;
  if (kind === 'HTTPMethod') return method;
  if (kind === 'UriPath') return uri;
  if (kind === 'Header') return headers[settings.Name.toLowerCase()];
  throw new Error(`Unknown key ${kind}`);
}

function matches(statement: any, request: SeenRequest): boolean {
  const [[kind, settings]] = Object.entries<any>(statement) as [[string, any]];
  if (kind === 'NotStatement') return !matches(settings.Statement, request);
  if (kind === 'AndStatement') return settings.Statements.every((one: any) => matches(one, request));
  if (kind === 'OrStatement') return settings.Statements.some((one: any) => matches(one, request));
  if (kind === 'SizeConstraintStatement' && settings.ComparisonOperator === 'GT')
    return (request.headers[settings.FieldToMatch.SingleHeader.Name] ?? '').length > settings.Size;
  throw new Error(`Unknown statement ${kind}`);
}
