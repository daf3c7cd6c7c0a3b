import { spawnSync } from 'node:child_process';
import { verifyCommand } from '../../../functions/domain/delivery/verify-command';
import { newSigningSecret, signatureHeader } from '../../../functions/domain/endpoint/signature';
import { isInstalled } from '../../e2e/is-installed';

const hasOpenssl = isInstalled('openssl', 'version');

function run(command: string, secret: string): string {
  const { stdout, stderr, status } = spawnSync('sh', ['-c', command], {
    env: { PATH: process.env['PATH'], WEBHOOK_SECRET: secret },
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.trim();
}

function commandFor(secrets: readonly string[], body: string, sentBody = body): string {
  const signature = signatureHeader(secrets, { id: 'dlv_1', timestampSeconds: 1_790_000_000, body });
  return verifyCommand(
    { 'webhook-id': 'dlv_1', 'webhook-timestamp': '1790000000', 'webhook-signature': signature },
    sentBody,
  );
}

test.each([
  ['{"campaign":"spring-2026"}'],
  [JSON.stringify({ text: 'it\'s $HOME `id` $(id) \\n "quoted" 100% Grüße 🌱' })],
  ['{}'],
])('pasted into a shell, the command verifies %s', (body) => {
  if (!hasOpenssl) return;
  const secret = newSigningSecret();

  expect(run(commandFor([secret], body), secret)).toBe('verified');
});

test('the command verifies with either secret during a rotation, and refuses another secret or body', () => {
  if (!hasOpenssl) return;
  const [old, current] = [newSigningSecret(), newSigningSecret()];

  expect(run(commandFor([current, old], '{}'), old)).toBe('verified');
  expect(run(commandFor([current, old], '{}'), current)).toBe('verified');
  expect(run(commandFor([current], '{}'), old)).toBe('not verified');
  expect(run(commandFor([current], '{}', '{"changed":true}'), current)).toBe('not verified');
});

test('the command does not contain the secret', () => {
  const secret = newSigningSecret();

  expect(commandFor([secret], '{}')).not.toContain(secret.replace('whsec_', ''));
});
