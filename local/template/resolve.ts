import { isRecord } from './is-record';
import type { Template } from './template';

/** The values of `Ref` and `Fn::GetAtt` for a resource. */
export interface ResourceIdentity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ResolutionContext {
  readonly template: Template;
  readonly pseudoParameters: Readonly<Record<string, string>>;
  /** The value of a generated secret. */
  readonly secretAt: (ref: string) => string;
  /** Returns undefined for a resource that the local run does not emulate. */
  readonly identify: (logicalId: string) => ResourceIdentity | undefined;
}

type Intrinsic = (argument: unknown, context: ResolutionContext) => unknown;

const intrinsics = new Map<string, Intrinsic>([
  ['Ref', (name, context) => resolveRef(asString('Ref', name), context)],
  ['Fn::GetAtt', resolveGetAtt],
  ['Fn::Join', resolveJoin],
  ['Fn::Select', resolveSelect],
  ['Fn::Split', resolveSplit],
  ['Fn::Sub', resolveSub],
]);

/**
 * Replaces intrinsic functions by their values as CloudFormation does. Anything unknown is an error, because a guessed
 * value could be wrong without anybody noticing.
 */
export function resolveValue(value: unknown, context: ResolutionContext): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, context)).filter((item) => item !== undefined);
  }
  if (typeof value === 'string') return resolveReferences(value, context);
  if (!isRecord(value)) return value;
  const [first, ...others] = Object.entries(value);
  if (first && others.length === 0) {
    const [key, argument] = first;
    const intrinsic = intrinsics.get(key);
    if (intrinsic) return intrinsic(argument, context);
    if (key.startsWith('Fn::') || key === 'Condition') {
      throw new Error(
        `The template uses ${key}, which the local run does not support. Implement it in local/template/resolve.ts.`,
      );
    }
  }
  const resolved = Object.entries(value).map(([key, item]) => [key, resolveValue(item, context)]);
  return Object.fromEntries(resolved.filter(([, item]) => item !== undefined));
}

function resolveRef(name: string, context: ResolutionContext): string | undefined {
  if (name === 'AWS::NoValue') return undefined;
  const pseudo = context.pseudoParameters[name];
  if (pseudo !== undefined) return pseudo;
  const parameter = context.template.Parameters[name];
  if (parameter) return asString(`the default of parameter ${name}`, parameter.Default);
  return identityOf(name, context).ref;
}

function resolveGetAtt(argument: unknown, context: ResolutionContext): string {
  const [logicalId, attribute]: readonly (string | undefined)[] =
    typeof argument === 'string'
      ? splitOnce(argument)
      : asArray('Fn::GetAtt', argument).map((part) => asString('Fn::GetAtt', part));
  if (logicalId === undefined || attribute === undefined) {
    throw new Error(`Fn::GetAtt needs a resource and an attribute, not ${JSON.stringify(argument)}.`);
  }
  const value = identityOf(logicalId, context).attributes[attribute];
  if (value === undefined) {
    throw new Error(
      `The template uses the attribute ${attribute} of ${logicalId}, which the local run does not support. ` +
        'Add it in local/template/identities.ts.',
    );
  }
  return value;
}

function resolveJoin(argument: unknown, context: ResolutionContext): string {
  const [delimiter, parts] = asArray('Fn::Join', argument);
  const text = asArray('Fn::Join', resolveValue(parts, context))
    .map((part) => asString('Fn::Join', part))
    .join(asString('Fn::Join', delimiter));
  return resolveReferences(text, context);
}

function resolveSelect(argument: unknown, context: ResolutionContext): unknown {
  const [index, list] = asArray('Fn::Select', argument);
  const selected = asArray('Fn::Select', resolveValue(list, context))[Number(index)];
  if (selected === undefined) throw new Error(`Fn::Select finds nothing at ${String(index)}.`);
  return selected;
}

function resolveSplit(argument: unknown, context: ResolutionContext): string[] {
  const [delimiter, text] = asArray('Fn::Split', argument);
  return asString('Fn::Split', resolveValue(text, context)).split(asString('Fn::Split', delimiter));
}

/** docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
function resolveReferences(text: string, { secretAt }: ResolutionContext): string {
  return text.replace(/\{\{resolve:([^}]*)\}\}/g, (_whole, reference: string) => {
    const ref = /^secretsmanager:(.+):SecretString:::$/.exec(reference)?.[1];
    if (ref !== undefined) return secretAt(ref);
    throw new Error(
      `The template uses the reference ${reference}, which the local run does not support. Implement it in local/template/resolve.ts.`,
    );
  });
}

function resolveSub(argument: unknown, context: ResolutionContext): string {
  const [text, variables] = typeof argument === 'string' ? [argument, {}] : asArray('Fn::Sub', argument);
  const own = isRecord(variables) ? variables : {};
  return asString('Fn::Sub', text).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(own, name)) return asString('Fn::Sub', resolveValue(own[name], context));
    return name.includes('.') ? resolveGetAtt(name, context) : (resolveRef(name, context) ?? '');
  });
}

function identityOf(logicalId: string, context: ResolutionContext): ResourceIdentity {
  const identity = context.identify(logicalId);
  if (identity) return identity;
  const type = context.template.Resources[logicalId]?.Type;
  throw new Error(
    type === undefined
      ? `The template refers to ${logicalId}, which is neither one of its resources nor one of its parameters.`
      : `The template refers to ${logicalId} of the type ${type}, which the local run does not emulate.`,
  );
}

function splitOnce(text: string): [string, string | undefined] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}

function asString(where: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where} must be a string, not ${JSON.stringify(value)}.`);
}

function asArray(where: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${where} must be a list, not ${JSON.stringify(value)}.`);
}
