import type { Template } from 'aws-cdk-lib/assertions';
import { resources } from './synthesize';

interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/**
 * A policy statement of the template in words: who may or may not do what on which resource, and under which condition.
 */
export interface Sentence {
  readonly who: string;
  readonly actions: readonly string[];
  readonly on: readonly string[];
  readonly sentence: string;
}

/** All policy statements of the template: those of roles and of resource policies. */
export function statementsOf(template: Template): Sentence[] {
  const all = Object.entries(template.toJSON()['Resources'] as Record<string, { Type: string; Properties: any }>);
  return all.flatMap(([id, { Type: type, Properties: properties }]) => {
    const describeAll = (who: string, statements: PolicyStatement[] = []) =>
      statements.map((one) => describeStatement(template, who, one));
    if (type === 'AWS::IAM::Policy')
      return describeAll(properties.Roles.map(text).join(), properties.PolicyDocument.Statement);
    if (type === 'AWS::IAM::Role') {
      const inline = (properties.Policies ?? []).flatMap((policy: any) => policy.PolicyDocument.Statement);
      return [...describeAll(`to be ${id}`, properties.AssumeRolePolicyDocument.Statement), ...describeAll(id, inline)];
    }
    if (type === 'AWS::KMS::Key') return describeAll(id, properties.KeyPolicy.Statement);
    return /^AWS::(SQS::QueuePolicy|S3::BucketPolicy)$/.test(type)
      ? describeAll(id, properties.PolicyDocument.Statement)
      : [];
  });
}

function describeStatement(template: Template, who: string, statement: PolicyStatement): Sentence {
  const actions = [statement.Action].flat();
  const on = [statement.Resource ?? []].flat().map(text);
  const parts = [
    `${statement.Effect === 'Allow' ? 'may' : 'may not'} ${actions.join(', ')}`,
    on.length > 0 && `on ${on.join(', ')}`,
    statement.Principal !== undefined && `if it is ${text(statement.Principal)}`,
    statement.Condition !== undefined && `when ${text(statement.Condition)}`,
  ];
  return { who: nameOf(template, who), actions, on, sentence: parts.filter(Boolean).join(' ') };
}

/** The role of a function is named after the function. */
function nameOf(template: Template, role: string): string {
  const owner = Object.values(resources(template, 'AWS::Lambda::Function')).find(
    ({ Properties, Metadata }) => Metadata?.entry !== undefined && Properties.Role['Fn::GetAtt'][0] === role,
  );
  return owner === undefined ? role : /([a-z-]+)\/index\.js$/.exec(owner.Metadata.entry)![1]!;
}

/** Replaces references by the logical ids they refer to. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(text).join(' ');
  const entries = Object.entries(value as Record<string, any>);
  const [key, argument] = entries[0]!;
  if (key === 'Ref') return argument;
  if (key === 'Fn::GetAtt') return argument.join('.');
  if (key === 'Fn::Join') return argument[1].map(text).join('');
  if (key === 'Fn::Sub') return argument;
  return entries.map(([name, inner]) => `${name}: ${text(inner)}`).join('; ');
}
