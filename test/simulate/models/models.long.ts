import { scopes } from './models';

const found = new Map<string, number>();

test.each(scopes)(
  '$model promises nothing that a crash or a late write breaks: $name',
  ({ model, run }) => {
    const { fault, states } = run();

    expect(fault).toBeUndefined();
    found.set(model, Math.max(states, found.get(model) ?? 0));
  },
  600_000,
);

test('each model has a scope of 100,000 states or more', () => {
  expect(found.size).toBe(2);
  expect(Math.min(...found.values())).toBeGreaterThanOrEqual(100_000);
});
