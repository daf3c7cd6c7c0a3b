import * as hooks from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';

const { closableStorages }: any = jest.requireActual('./storages.cjs');
const { compileOnce }: any = jest.requireActual('./compile-once.cjs');
const { readOnce, transformOnce }: any = jest.requireActual('./read-once.cjs');

describe('what a worker keeps from one test file for the next', () => {
  const config = { rootDir: __dirname };

  it('are the texts of the repository, and not those of files that tests write elsewhere', () => {
    const first = readOnce(config, new Map());
    first.set(`${__dirname}/kept.ts`, 'kept');
    first.set('/elsewhere/written.ts', 'written');

    const next = readOnce(config, new Map());

    expect(next.get(`${__dirname}/kept.ts`)).toBe('kept');
    expect(next.get('/elsewhere/written.ts')).toBeUndefined();
  });

  it('is what swc makes of a text, until the text changes', () => {
    const transform = jest.fn((_path: string, _options: object, text: string) => ({ code: `compiled ${text}` }));
    const path = `${__dirname}/changed.ts`;
    const codes = ['one', 'one', 'two'].map(
      (text) => transformOnce(config, { transform }).transform(path, {}, text).code,
    );

    expect(codes).toEqual(['compiled one', 'compiled one', 'compiled two']);
    expect(transform).toHaveBeenCalledTimes(2);
  });

  it('is a compiled module, which runs in the globals of each file and names its places in errors', () => {
    const text = 'module.exports = { list: [], place: new Error().stack }; who.calls += 1;';
    const files = ['ada', 'ben'].map((name) => createContext({ who: { name, calls: 0 } }));
    const [first, second] = files.map((context) => {
      const executor = { injectedModuleParameters: ['module'], compile: undefined as any };
      compileOnce({ executor }, { getVmContext: () => context });
      const module = { exports: {} as any };
      executor.compile(text, '/repository/module.js')(module);
      return module.exports;
    });

    expect(files.map(({ who }) => who.calls)).toEqual([1, 1]);
    expect(first.list).toBeInstanceOf(runInContext('Array', files[0]!));
    expect(second.list).toBeInstanceOf(runInContext('Array', files[1]!));
    expect(second.place).toContain(`/repository/module.js:1:${text.indexOf('new Error') + 1}`);
  });
});

test('a test file leaves no storage of AsyncLocalStorage open, which would slow down the files after it', () => {
  const storages = closableStorages();
  const storage = new (storages.in(hooks).AsyncLocalStorage)();
  storage.enterWith('a value');
  expect(storage.getStore()).toBe('a value');

  storages.close();

  expect(storage.getStore()).toBeUndefined();
});

describe('the order of the test files', () => {
  const Sequencer = jest.requireActual('./sequencer.cjs');

  it('begins with the files that wait, one after the other, and leaves out none', () => {
    const others = Array.from({ length: 200 }, (_, index) => `${__dirname}/other-${index}.test.ts`);
    const context = { config: { cache: false }, hasteFS: { getSize: () => 1 } };
    const files = [...others, ...Sequencer.waiting].map((path) => ({ path, context }));

    const order: string[] = new Sequencer({}).sort(files).map(({ path }: { path: string }) => path);

    expect(order.toSorted()).toEqual(files.map(({ path }) => path).toSorted());
    expect(order.filter((_, index) => index % 13 === 0).slice(0, Sequencer.waiting.length)).toEqual(Sequencer.waiting);
  });

  it('knows only files that are there', () => {
    expect(Sequencer.waiting.filter((path: string) => !existsSync(path))).toEqual([]);
  });
});
