import { revalidating } from '../../dashboard/src/api/revalidating';

const address = 'https://workflows.example.com/api/v1/workflow-runs';

/** An API whose answers have these tags, one after the other, and which answers 304 to a caller who has the next one. */
function anApi(...tags: readonly string[]) {
  const asked: (string | null)[] = [];
  const left = [...tags];
  const send = revalidating((request) => {
    const named = request.headers.get('if-none-match');
    asked.push(named);
    const tag = left.shift() ?? '"last"';
    if (named === tag) return Promise.resolve(new Response(null, { status: 304, headers: { etag: tag } }));
    return Promise.resolve(Response.json({ tag }, { headers: { etag: tag } }));
  });
  const ask = async (tenant: string, init: RequestInit = {}, target = address) => {
    const response = await send(new Request(target, { ...init, headers: { 'x-tenant-id': tenant } }));
    return { status: response.status, body: await response.json() };
  };
  return { ask, asked };
}

test('a poll names the answer that it has, and an unchanged one is given again', async () => {
  const { ask, asked } = anApi('"a"', '"a"', '"b"');

  expect(await ask('growth')).toEqual({ status: 200, body: { tag: '"a"' } });
  expect(await ask('growth')).toEqual({ status: 200, body: { tag: '"a"' } });
  expect(await ask('growth')).toEqual({ status: 200, body: { tag: '"b"' } });
  expect(asked).toEqual([null, '"a"', '"a"']);
});

test('an answer to one tenant is never given to another', async () => {
  const { ask, asked } = anApi('"a"', '"a"');

  await ask('growth');
  expect(await ask('pro')).toEqual({ status: 200, body: { tag: '"a"' } });
  expect(asked).toEqual([null, null]);
});

test('a change is sent as it is', async () => {
  const { ask, asked } = anApi('"a"', '"b"', '"b"');

  await ask('growth');
  await ask('growth', { method: 'POST' });
  expect(await ask('growth')).toEqual({ status: 200, body: { tag: '"b"' } });
  expect(asked).toEqual([null, null, '"a"']);
});

test('only the answers of the last 50 addresses are kept', async () => {
  const { ask, asked } = anApi();

  for (let page = 0; page <= 50; page += 1) await ask('growth', {}, `${address}?cursor=${page}`);
  await ask('growth', {}, `${address}?cursor=50`);
  await ask('growth', {}, `${address}?cursor=0`);

  expect(asked.slice(-2)).toEqual(['"last"', null]);
});
