import { ratioRow, type Row } from './measure/row';
import { bundleBare, sizesOfOurs } from './world/bundle-bare';
import { functionNames, type FunctionName } from '../functions/contract/functions';

/** Compares the size of each bundle with that of the baseline. The result is the same every time. */
export function bytesPart(): Promise<Row[]> {
  const ours = sizesOfOurs();
  const plain = bundleBare('plain');
  const alike = bundleBare('as ours');
  const kilobytes = (sizes: ReadonlyMap<FunctionName, number>, name: FunctionName) => [(sizes.get(name) ?? 0) / 1000];
  const rows = functionNames.flatMap((name) => {
    const facts = { what: `${name}: bundle`, unit: 'KB' } as const;
    return [
      ratioRow({ ...facts, target: { atMost: 1.3 } }, kilobytes(ours, name), {
        name: 'bare',
        samples: kilobytes(plain, name),
      }),
      ratioRow(facts, kilobytes(ours, name), { name: 'bare, bundled as ours', samples: kilobytes(alike, name) }),
    ];
  });
  return Promise.resolve(rows);
}
