/**
 * A reporter of jest that says which files took longest, and how much of that were their tests; the rest is loading and
 * set-up. The times are those of the clock: on a busy machine only their shares mean something.
 */
module.exports = class SlowestFiles {
  onRunComplete(_contexts, { testResults }) {
    const files = testResults.map(({ testFilePath, perfStats: { runtime }, testResults: tests }) => ({
      file: testFilePath.replace(`${process.cwd()}/`, ''),
      whole: runtime / 1000,
      inTests: tests.reduce((sum, { duration }) => sum + (duration ?? 0), 0) / 1000,
      count: tests.length,
    }));
    const sum = (of) => files.reduce((total, file) => total + file[of], 0);
    const row = ({ file, whole, inTests, count }) =>
      `${[whole, inTests].map((seconds) => seconds.toFixed(1).padStart(7)).join(' ')} ${String(count).padStart(5)} ${file}`;
    console.log('\n seconds  of tests  number  file');
    for (const file of files.sort((a, b) => b.whole - a.whole).slice(0, 30)) console.log(row(file));
    console.log(row({ file: 'all files', whole: sum('whole'), inTests: sum('inTests'), count: sum('count') }));
  }
};
