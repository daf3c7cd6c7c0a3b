import { execFile } from 'node:child_process';
import { projectFiles, read } from './markdown';

const blocks = projectFiles(/\.md$/).flatMap((file) =>
  [...read(file).matchAll(/^( *)```sh\n([^]*?)^\1```$/gm)].map(([, , commands]) => ({ file, commands: commands! })),
);

test("every block of commands in the documentation is of the shell's grammar", async () => {
  const faults = await Promise.all(
    blocks.map(
      ({ file, commands }) =>
        new Promise<string>((resolve) => {
          const shell = execFile('bash', ['-n'], (_error, _out, err) => resolve(err === '' ? '' : `${file}: ${err}`));
          shell.stdin!.end(commands);
        }),
    ),
  );

  expect(blocks.length).toBeGreaterThan(15);
  expect(faults.filter((fault) => fault !== '')).toEqual([]);
});
