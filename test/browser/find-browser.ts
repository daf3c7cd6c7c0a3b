import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const programs = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const otherPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Path of the browser: CHROME_PATH, or else an installed Chrome, Chromium or Edge. */
export function findBrowser(): string | undefined {
  const configured = process.env['CHROME_PATH'];
  if (configured !== undefined && configured !== '') return configured;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = [...programs.flatMap((name) => folders.map((folder) => join(folder, name))), ...otherPaths];
  return paths.find((path) => existsSync(path));
}
