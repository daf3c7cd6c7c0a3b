import { everyOption } from './options';
import { resources, synthesize } from './synthesize';

const dashboard = undefined;
const creating = synthesize({ ...everyOption, stage: 'production', protection: 'off' }, dashboard, true);
const created = synthesize({ ...everyOption, stage: 'production' }, dashboard, true);

describe('while production is created', () => {
  test('nothing keeps CloudFormation from taking back what it created', () => {
    const text = JSON.stringify(creating.template.toJSON());

    expect(creating.stack.terminationProtection).toBe(false);
    expect(text).not.toMatch(/"(Deletion|UpdateReplace)Policy":"Retain/);
    expect(text).not.toMatch(/"DeletionProtection(Enabled)?":(true|"ACTIVE")/);
    expect(Object.keys(resources(creating.template, 'Custom::S3AutoDeleteObjects'))).toHaveLength(1);
  });

  test('it is production in every other respect', () => {
    const seconds = (template: typeof creating.template) =>
      Object.values(resources(template, 'AWS::Logs::LogGroup')).map(({ Properties }) => Properties.RetentionInDays);

    expect(new Set(seconds(creating.template))).toEqual(new Set([90]));
    expect(Object.keys(resources(creating.template, 'AWS::EC2::NatGateway'))).toHaveLength(2);
  });
});

describe('once it exists', () => {
  test('the next deployment protects it, and replaces nothing', () => {
    const kept = Object.keys(created.template.toJSON()['Resources']);
    const gone = Object.keys(creating.template.toJSON()['Resources']).filter((id) => !kept.includes(id));

    expect(created.stack.terminationProtection).toBe(true);
    // Only what empties the bucket goes.
    expect(gone.filter((id) => !/AutoDelete|Emptying/.test(id))).toEqual([]);
    expect(gone).not.toEqual([]);
  });

  test('what empties the bucket may still see that it must not, when it is removed itself', () => {
    const [role] = Object.entries(resources(creating.template, 'AWS::IAM::Role')).filter(([id]) =>
      /AutoDelete/.test(id),
    );
    const statements = role![1].Properties.Policies.flatMap((one: any) => one.PolicyDocument.Statement);

    expect(statements).toContainEqual(expect.objectContaining({ Action: 's3:GetBucketTagging' }));
  });
});

test('any other stage is not protected, whatever the setting says', () => {
  expect(synthesize({ protection: 'on' }).stack.terminationProtection).toBe(false);
});
