import { createHash } from 'node:crypto';

/** The access key under which MiniStack lets a function call the APIs, so that the function can be told by it. */
export function accessKeyOf({ functionArn, roleArn }: { functionArn: string; roleArn: string }): string {
  const digest = createHash('sha256').update(`${functionArn}:${roleArn}`).digest('hex');
  return `ASIA${digest.slice(0, 16).toUpperCase()}`;
}
