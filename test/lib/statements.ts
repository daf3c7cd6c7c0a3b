import type { Template } from 'aws-cdk-lib/assertions';
import { resources } from './synthesize';

interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** One statement of the template, for people: who may (or may not) do what on what, and when. */
export interface Sentence {
  readonly who: string;
  readonly actions: readonly string[];
  readonly on: readonly string[];
  readonly sentence: string;
}

/** All statements of the template: of roles, and of what lets others in by its own policy. */
export function statementsOf(template: Template): Sentence[] {
  const all = Object.entries(template.toJSON()['Resources'] as Record<string, { Type: string; Properties: any }>);
  return all.flatMap(([id, { Type: type, Properties: properties }]) => {
    const told = (who: string, statements: PolicyStatement[] = []) => statements.map((one) => tell(template, who, one));
    if (type === 'AWS::IAM::Policy')
      return told(properties.Roles.map(text).join(), properties.PolicyDocument.Statement);
    if (type === 'AWS::IAM::Role') {
      const inline = (properties.Policies ?? []).flatMap((policy: any) => policy.PolicyDocument.Statement);
      return [...told(`to be ${id}`, properties.AssumeRolePolicyDocument.Statement), ...told(id, inline)];
    }
    if (type === 'AWS::KMS::Key') return told(id, properties.KeyPolicy.Statement);
    return /^AWS::(SQS::QueuePolicy|S3::BucketPolicy)$/.test(type) ? told(id, properties.PolicyDocument.Statement) : [];
  });
}

function tell(template: Template, who: string, statement: PolicyStatement): Sentence {
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

/** A function's role is told by the function. */
function nameOf(template: Template, role: string): string {
  const owner = Object.values(resources(template, 'AWS::Lambda::Function')).find(
    ({ Properties, Metadata }) => Metadata?.entry !== undefined && Properties.Role['Fn::GetAtt'][0] === role,
  );
  return owner === undefined ? role : /([a-z-]+)\/index\.js$/.exec(owner.Metadata.entry)![1]!;
}

/** References as the logical ids they lead to. */
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
