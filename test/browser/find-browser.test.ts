import { findBrowser } from './find-browser';

test('the dashboard was tested in a browser, or it is said that it was not', () => {
  if (findBrowser() !== undefined) return;

  const nothing =
    'No Chrome, Chromium or Edge was found (CHROME_PATH): nothing about the dashboard was proved in a browser';
  if (process.env['REQUIRE_BROWSER'] !== undefined) throw new Error(nothing);
  process.stderr.write(`${nothing}\n`);
});
