import { workflowStore } from '../../../functions/aws/workflow/workflows';
import { aDelay, aLog, aRecipe, noon } from '../../support/builders';
import { breaking, isNewVersion } from '../../support/requests';
import { startRest, type Rest } from '../../support/rest';

jest.setTimeout(60_000);

let rest: Rest;
let token: string;

beforeAll(async () => {
  rest = await startRest();
});

afterAll(() => rest.stop());

beforeEach(async () => {
  rest.clock.set(noon);
  ({ token } = await rest.aTenant());
});

const call = (method: string, path: string, body?: unknown) =>
  rest.call(method, `/api/v1/workflows${path}`, { token, ...(body !== undefined && { body }) });

const recipes = [
  aRecipe({ steps: [aLog('first')] }),
  aRecipe({ steps: [aLog('second'), aDelay(3)] }),
  aRecipe({ steps: [aDelay(1), aDelay(2)] }),
];

async function threeVersions(): Promise<void> {
  const [first, ...later] = recipes;
  await call('POST', '', { name: 'Promo', recipe: first });
  for (const recipe of later) await call('PUT', '/1', { name: 'Promo', recipe });
}

describe('the versions of a recipe', () => {
  it('are listed newest first, with the summary and time of each', async () => {
    await threeVersions();

    const { body } = await call('GET', '/1/versions');

    expect(body).toEqual({
      data: [
        { version: 3, created_at: '2026-11-22T12:00:00.000Z', current: true, steps_total: 2, total_delay_seconds: 3 },
        { version: 2, created_at: '2026-11-22T12:00:00.000Z', current: false, steps_total: 2, total_delay_seconds: 3 },
        { version: 1, created_at: '2026-11-22T12:00:00.000Z', current: false, steps_total: 1, total_delay_seconds: 0 },
      ],
      has_more: false,
      next_cursor: null,
    });
  });

  it('are listed in pages, each version once', async () => {
    await threeVersions();

    const first = await call('GET', '/1/versions?limit=2');
    const second = await call('GET', `/1/versions?limit=2&cursor=${first.body.next_cursor}`);

    expect(first.body.data.map(({ version }: any) => version)).toEqual([3, 2]);
    expect(second.body.data.map(({ version }: any) => version)).toEqual([1]);
    expect(second.body.has_more).toBe(false);
  });

  it('can be read with their recipes', async () => {
    await threeVersions();

    const read = await Promise.all([1, 2, 3].map((version) => call('GET', `/1/versions/${version}`)));

    expect(read.map(({ body }) => body.recipe)).toEqual(recipes);
    expect(read.map(({ body }) => body.current)).toEqual([false, false, true]);
  });

  it('are exactly those that concurrent writers got as a response and that have audit rows', async () => {
    await call('POST', '', { name: 'Promo', recipe: recipes[0] });

    const answers = await Promise.all(recipes.map((recipe) => call('PUT', '/1', { name: 'Autumn Promo', recipe })));

    const answered = answers.map(({ status, body }) => [status, body.version]);
    const listed = (await call('GET', '/1/versions')).body.data.map(({ version }: any) => version);
    const audited = (await rest.call('GET', '/api/v1/audit-events', { token })).body.data
      .filter(({ action }: any) => action === 'workflow.updated')
      .map(({ detail }: any) => detail.version);
    expect(answered).toEqual(answered.map(([, version]) => [200, version]));
    expect(listed).toEqual([...answered.map(([, version]) => version).toSorted((a, b) => b - a), 1]);
    expect(audited.toSorted((a: number, b: number) => b - a)).toEqual(listed.slice(0, -1));
  });

  it('do not include one whose writer crashed before it became current, which cannot be read either', async () => {
    const tenant = await rest.aTenant();
    await rest.aWorkflow(tenant.id);
    const { database } = breaking(rest.table, 'lost request', isNewVersion);
    const dying = workflowStore(database);
    const write = { name: 'Promo', description: null, active: true, recipe: recipes[1] };
    const seen = await dying.get(tenant.id, 1);
    await expect(dying.update(tenant.id, seen!, write, noon.toISOString())).rejects.toThrow('socket hang up');

    const get = (path: string) => rest.call('GET', `/api/v1/workflows/1/versions${path}`, { token: tenant.token });

    expect((await get('')).body.data.map(({ version }: any) => version)).toEqual([1]);
    expect((await get('/2')).body).toMatchObject({ code: 'not_found' });
  });

  it('are not found for an unknown workflow, an unknown version or another tenant', async () => {
    await threeVersions();
    const other = await rest.aTenant();

    const answers = [
      await call('GET', '/1/versions/4'),
      await call('GET', '/1/versions/x'),
      await call('GET', '/2/versions'),
      await rest.call('GET', '/api/v1/workflows/1/versions', { token: other.token }),
      await rest.call('GET', '/api/v1/workflows/1/versions/1', { token: other.token }),
    ];

    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual(Array(5).fill('404 not_found'));
  });
});
