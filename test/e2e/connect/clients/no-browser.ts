import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/**
 * The environment of a program that opens a browser: every program that opens one finds one here that does nothing, so that
 * none appears on a developer's screen. The address is read from what the program prints.
 */
export function noBrowser(folder: string): Record<string, string> {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['open', 'xdg-open']) writeFileSync(join(bin, name), '#!/bin/sh\n', { mode: 0o755 });
  const trusted = process.env['NODE_EXTRA_CA_CERTS'];
  return {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: folder,
    BROWSER: join(bin, 'open'),
    ...(trusted !== undefined && { NODE_EXTRA_CA_CERTS: trusted }),
  };
}

/**
 * Reads from what a program prints which address it wants a browser to open. It may go on printing.
 *
 * @param listens what it prints once it listens for the browser to come back, if that is not before the address
 */
export function printedAddress(output: Readable, listens = /(?:)/): Promise<URL> {
  return new Promise((found, fail) => {
    let text = '';
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /(https?:\/\/\S+\/oauth\/authorize\?\S+)\s/.exec(text)?.[1];
      if (address !== undefined && listens.test(text)) found(new URL(address));
    });
    output.once('end', () => fail(new Error(`No address to open in: ${text}`)));
  });
}
