import { stepTypeSchema } from '../../functions/domain/workflow/recipe';
import { documentOperations } from '../../functions/rest-api/document/files';
import { startRest, type Rest } from '../support/rest';
import { projectFiles, read } from './markdown';

let rest: Rest;
beforeAll(async () => (rest = await startRest()));
afterAll(() => rest.stop());

test('the page about the REST API names every operation, and none that is not there', () => {
  const named = [...read('docs/api.md').matchAll(/^- `([A-Z]+ \/api\/v1\/\S+)`/gm)].map(([, operation]) => operation);

  expect(named.sort()).toEqual(
    [...rest.routes, ...documentOperations].map(({ method, path }) => `${method} ${path}`).sort(),
  );
});

test('the page about operating names every event that the functions log', () => {
  const sources = projectFiles(/\.ts$/, 'functions').map(read).join('\n');
  const logged = [...sources.matchAll(/(?:event: |told\(|lineOf\()'(\w+)'/g)].map(([, event]) => event!);
  const page = read('docs/operate.md');

  expect(logged.length).toBeGreaterThan(15);
  expect(logged.filter((event) => !page.includes(`\`${event}\``))).toEqual([]);
});

test('the README names every step type', () => {
  expect(stepTypeSchema.options.filter((type) => !read('README.md').includes(`\`${type}\``))).toEqual([]);
});

test.each(['docs/mcp.md', 'dashboard/src/pages/access-tokens/mcp-setup.tsx'])(
  '%s tells the reader every tool of the MCP server',
  (file) => {
    const sources = projectFiles(/\.ts$/, 'functions/mcp-server').map(read).join('\n');
    const tools = [...sources.matchAll(/\bname: '([a-z]+(?:_[a-z]+)+)'/g)].map(([, name]) => name!);

    expect(tools.length).toBeGreaterThan(3);
    expect(tools.filter((name) => !read(file).includes(name))).toEqual([]);
  },
);

test('the refusal that the page about the REST API shows is what the API answers', async () => {
  const [, text] = /```json\n(\{\n {2}"type": [^]*?\n\})\n```/.exec(read('docs/api.md'))!;
  const { request_id: _shown, ...shown } = JSON.parse(text!);
  const { token } = await rest.aTenant();

  const { body } = await rest.call('POST', '/api/v1/recipes/validate', {
    token,
    body: { steps: [{ type: 'shell' }, { type: 'delay', seconds: 31 }] },
  });

  const { request_id: _real, ...answered } = body;
  expect(shown).toEqual(answered);
});
