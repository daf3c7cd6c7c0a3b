import { buildSync } from 'esbuild';
import { join, resolve } from 'node:path';
import { bundleOptions } from '../../bin/bundle';
import { makeCertificate } from '../../test/deliver-webhook/certificates';
import { bareSender } from '../sending/bare-sender';
import { guardedSender } from '../sending/guarded-sender';
import { triggerEvent } from '../world/events';
import { openTrigger } from '../world/open-trigger';
import { pageRecipe, seedTenant } from '../world/seed-tenant';
import { startWorld } from '../world/start-world';

/** Something to profile. */
export interface Subject {
  readonly name: string;
  /** File for its flame graph, in this folder. */
  readonly picture?: string;
  readonly call: () => Promise<unknown>;
  readonly calls: number;
  readonly concurrency: number;
}

const outdir = resolve(__dirname, '../../.build/bench/flame');
const receiverHost = 'hooks.example.com';

/** Opens what the bench's parts `throughput` and `worker` compare, in bundles that are not minified. */
export async function openSubjects() {
  const [product, bare] = [
    bundle('product', 'functions/rest-api/handler.ts'),
    bundle('bare', 'bench/bare/rest-api.ts'),
  ];
  const world = await startWorld();
  const { restToken } = await seedTenant(world.database, 'bench', [pageRecipe]);
  const event = triggerEvent(restToken, 1);
  const triggers = { calls: 3_000, concurrency: 16 };
  const certificate = makeCertificate(receiverHost);
  const receiver = {
    host: receiverHost,
    port: await world.engines.startHttps(certificate),
    ca: certificate.cert,
  };
  const webhooks = { calls: 6_000, concurrency: 10 };
  const triggerOf = (file: string, { environment }: { environment: Readonly<Record<string, string>> }) =>
    openTrigger({ file, environment }, event);
  const subjects: Subject[] = [
    { name: 'a trigger', picture: 'trigger.svg', call: triggerOf(product, world.product('rest-api')), ...triggers },
    { name: 'bare trigger', call: triggerOf(bare, world.baseline('rest-api')), ...triggers },
    { name: 'a webhook over HTTPS', picture: 'webhook.svg', call: guardedSender(receiver), ...webhooks },
    { name: 'bare webhook', call: bareSender(receiver), ...webhooks },
  ];
  return { subjects, bundles: [product, bare], stop: () => world.stop() };
}

function bundle(name: string, entry: string): string {
  const entryPoints = [{ in: entry, out: name }];
  buildSync({ ...bundleOptions, entryPoints, outdir, minify: false, metafile: false });
  return join(outdir, `${name}.js`);
}
