import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FreshAccount } from '../on-ministack';
import { commandsBelow } from '../deployment/documented';
import { everythingIn, newSince } from '../deployment/left-behind';
import { outputsOf } from '../deployment/outputs';
import type { Shell } from '../deployment/shell';

const run = promisify(execFile);
const elsewhere = 'eu-west-1';

/**
 * Deploys beside production, in the same account: the stage `dev`; production in a second Region, with every setting at once
 * and the firewall of "Rate rules" in front of it; and a stage with another issuer. Each must answer at its address. A stage
 * that is destroyed must leave nothing.
 */
export async function walkStages(shell: Shell, { aws }: FreshAccount): Promise<void> {
  const before = await everythingIn(aws);
  await shell('npm run deploy');
  await requireAnswer('CoffieldWorkflows-dev');
  await shell('npm run cdk -- destroy --force');
  const left = await newSince(aws, before);
  if (left.length > 0) throw new Error(`The destroyed stage left ${left.join(', ')}`);
  console.log('The stage dev was deployed beside production, and destroyed without a rest');

  const [firewall = ''] = commandsBelow('docs/deploy.md', 'Settings').filter((block) =>
    block.includes('part=firewall'),
  );
  const webAcl = firewall.replace(/^npm run deploy.*\n/m, 'echo "ARN=$ARN"\n');
  const [, arn = ''] = /^ARN=(.+)$/m.exec(await shell(webAcl)) ?? [];

  const region = `export AWS_REGION=${elsewhere} AWS_DEFAULT_REGION=${elsewhere}\n`;
  await shell(`${region}npm run cdk -- bootstrap`);
  await inRegion(elsewhere, async () => {
    await shell(`${region}npm run deploy -- -c stage=production ${everySetting(arn)}`);
    await requireAnswer('CoffieldWorkflows-production', 'DistributionHostName');
    const issuer = '-c oidcIssuer=https://id.example.com/realms/acme -c oidcClientId=workflows-dashboard';
    await shell(`${region}npm run deploy -- -c stage=partner ${issuer}`);
    await requireAnswer('CoffieldWorkflows-partner');
  });
  console.log(
    'Production was deployed in a second Region with every setting, and a stage with another issuer beside it',
  );
}

function everySetting(webAclArn: string): string {
  const certificate = 'arn:aws:acm:us-east-1:000000000000:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
  const settings = [
    'supportEmail=help@example.com',
    'alarmEmail=ops@example.com',
    'runEngine=standard',
    'ownHosts=proxy.example.com',
    `domainName=workflows.example.com`,
    `certificateArn=${certificate}`,
    'originSecret=2',
    'requestsPerSecond=500',
    `webAclArn=${webAclArn}`,
    'encryption=customer',
    'egress=fixed',
    'dashboardOrigins=https://proxy.example.com',
  ];
  return settings.map((one) => `-c ${one}`).join(' ');
}

async function inRegion(region: string, act: () => Promise<void>): Promise<void> {
  const before = { AWS_REGION: process.env['AWS_REGION'], AWS_DEFAULT_REGION: process.env['AWS_DEFAULT_REGION'] };
  Object.assign(process.env, { AWS_REGION: region, AWS_DEFAULT_REGION: region });
  await act();
  Object.assign(process.env, before);
}

/** The dashboard's page and the API behind one address, which needs every part of the way to be there. */
async function requireAnswer(stack: string, output: 'DashboardUrl' | 'DistributionHostName' = 'DashboardUrl') {
  const found = (await outputsOf(stack))(output);
  const address = output === 'DashboardUrl' ? found : `https://${found}`;
  const [page, api] = await Promise.all([curl(`${address}/`), curl(`${address}/api/v1/me`)]);
  if (page !== '200' || api !== '401') throw new Error(`${stack} answers ${page} and ${api} at ${address}`);
}

/** @returns the status. A program of its own, because this one trusted its certificates before the network's was made. */
async function curl(address: string): Promise<string> {
  const { stdout } = await run('curl', ['--silent', '--output', '/dev/null', '--write-out', '%{http_code}', address]);
  return stdout;
}
