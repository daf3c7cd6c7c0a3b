import { channelSchema, planSchema, plans, plansFor, requirePlan } from '../../../functions/domain/tenant/plan';
import { capOf } from '../../../functions/domain/tenant/tenant';

describe('the plans', () => {
  it('have these caps and channels', () => {
    expect(plans).toMatchObject({
      starter: { dailyRunCap: 0, channels: [] },
      growth: { dailyRunCap: 100, channels: ['dashboard', 'mcp'] },
      pro: { dailyRunCap: 1000, channels: ['dashboard', 'mcp', 'rest_api'] },
      custom: { dailyRunCap: null, channels: ['dashboard', 'mcp', 'rest_api'] },
    });
  });

  it.each(channelSchema.options)('allow %s exactly if it is among their channels', (channel) => {
    const allowed = planSchema.options.filter((plan) => plans[plan].channels.includes(channel));
    const refused = planSchema.options.filter((plan) => !allowed.includes(plan));
    expect(plansFor(channel)).toEqual(allowed);
    for (const plan of allowed) expect(() => requirePlan(plan, channel)).not.toThrow();
    for (const plan of refused)
      expect(() => requirePlan(plan, channel)).toThrow(expect.objectContaining({ code: 'plan_required' }));
  });

  it.each(channelSchema.options)(
    'that have %s are one plan and all above it, so that "or above" is true',
    (channel) => {
      const [smallest] = plansFor(channel);

      expect(smallest).toBeDefined();
      expect(planSchema.options.slice(planSchema.options.indexOf(smallest!))).toEqual(plansFor(channel));
    },
  );

  it.each([
    ['dashboard', 'Workflows need the Growth plan or above. This tenant is on starter.'],
    ['mcp', 'Workflows over MCP need the Growth plan or above. This tenant is on starter.'],
    ['rest_api', 'The REST API needs the Pro plan or above. This tenant is on starter.'],
  ] as const)('refused on %s get a message that names the plan needed and not the cap', (channel, sentence) => {
    expect(() => requirePlan('starter', channel)).toThrow(sentence);
    expect(() => requirePlan('starter', channel)).not.toThrow(/cap/i);
  });

  it('of Growth refused over REST get a message that names the channels they have', () => {
    expect(() => requirePlan('growth', 'rest_api')).toThrow(
      'The REST API needs the Pro plan or above; on Growth, run workflows from the dashboard or over MCP. This tenant is on growth.',
    );
  });
});

describe('the cap that is stored for a tenant', () => {
  it.each([
    ['starter', undefined, { unlimited: false, daily_cap: 0 }],
    ['growth', undefined, { unlimited: false, daily_cap: 100 }],
    ['pro', undefined, { unlimited: false, daily_cap: 1000 }],
    ['pro', 2500, { unlimited: false, daily_cap: 2500 }],
    ['custom', 500, { unlimited: false, daily_cap: 500 }],
  ] as const)('on %s with a cap of %p set by an operator is %j', (plan, override, stored) => {
    expect(capOf(plan, override)).toEqual(stored);
  });

  it('of custom is unlimited without a number, and 0 if an operator sets 0', () => {
    expect(capOf('custom')).toMatchObject({ unlimited: true });
    expect(capOf('custom', 0)).toEqual({ unlimited: false, daily_cap: 0 });
  });
});
