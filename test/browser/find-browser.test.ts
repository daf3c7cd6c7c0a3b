import { findBrowser } from './find-browser';

test('the dashboard is tested in a browser, or the output says that it is not', () => {
  if (findBrowser() !== undefined) return;

  const message = 'No Chrome, Chromium or Edge was found (set CHROME_PATH): the dashboard is not tested in a browser';
  if (process.env['REQUIRE_BROWSER'] !== undefined) throw new Error(message);
  process.stderr.write(`${message}\n`);
});
