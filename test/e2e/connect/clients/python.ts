import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python } from '../../mcp/installed';

/**
 * Runs the program on the official Python client.
 *
 * @param browse plays the browser: it is given the address that the program opens, and returns where it was sent back to
 * @returns what the program printed last
 */
export async function runPythonClient(url: string, browse: (opened: URL) => Promise<URL>): Promise<any> {
  const child = spawn(python, [join(__dirname, 'python', 'connect.py'), url], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const [, address] = /^open (.*)/.exec(line) ?? [];
    if (address === undefined) last = line;
    else child.stdin.write(`${(await browse(new URL(address))).href}\n`);
  }
  return JSON.parse(last);
}
