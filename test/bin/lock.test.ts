import { subset } from 'semver';
import { addressOf, fetchedPackages, type Locked } from '../../bin/packages/lock';

/** The releases of Node on which the project is developed and tested. npm warns of a package that wants another. */
const supported = '>=20.19.0 <21 || >=22.13.0 <23 || >=24.0.0';

const packages = fetchedPackages();
const unsupported = ([, { engines }]: readonly [string, Pick<Locked, 'engines'>]) =>
  !subset(supported, engines?.node ?? '*');

test('every package says that it works on the supported releases of Node', () => {
  expect(packages.filter(unsupported).map(([folder, { engines }]) => `${folder} needs Node ${engines?.node}`)).toEqual(
    [],
  );
});

test.each(['>=22', '>=20.20', '^20.19.0 || ^22.13.0', '18 || 20 || 22'])(
  'a package that needs Node %s is noticed',
  (node) => {
    expect(unsupported(['node_modules/x', { engines: { node } }])).toBe(true);
  },
);

test('the lock has the address and the hash of every package; otherwise: npm run lock', () => {
  const others = packages.filter(
    ([folder, locked]) => locked.resolved !== addressOf(folder, locked) || !locked.integrity?.startsWith('sha512-'),
  );

  expect(packages.length).toBeGreaterThan(100);
  expect(others.map(([folder]) => folder)).toEqual([]);
});
