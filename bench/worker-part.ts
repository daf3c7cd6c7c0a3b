import { makeCertificate } from '../test/deliver-webhook/certificates';
import { inTurn } from './measure/in-turn';
import { makeCalls, warmUpCalls } from './measure/make-calls';
import { callsPerSecond } from './measure/rate';
import { ratioRow, type Row } from './measure/row';
import { takeTurns } from './measure/take-turns';
import { bareSender } from './sending/bare-sender';
import { guardedSender } from './sending/guarded-sender';
import { batchOf, eventFirer } from './world/fire-event';
import { openHandler } from './world/open-handler';
import { requireSameRequests } from './world/require-same-requests';
import { seedTenant } from './world/seed-tenant';
import { startWorld, type World } from './world/start-world';

/** The size of a batch of the queue. */
const atOnce = 10;
const target = { atLeast: 0.85 };
const receiverHost = 'hooks.example.com';
/** So many that none of them comes to its turn twice in a second. */
const tenants = 64;

/** Measures webhooks per second: first only the request over HTTPS, then whole deliveries with their rows. */
export async function workerPart(): Promise<Row[]> {
  const world = await startWorld();
  const rows = [await requestsRow(world), await deliveriesRow(world)];
  await world.stop();
  return rows;
}

/** Signing, the guard, TLS, limits and reading the response, against `https.request` with a signature. */
async function requestsRow({ engines }: World): Promise<Row> {
  const certificate = makeCertificate(receiverHost);
  const receiver = { host: receiverHost, port: await engines.startHttps(certificate), ca: certificate.cert };
  const senders = [guardedSender(receiver), bareSender(receiver)];
  for (const send of senders) await makeCalls(send, warmUpCalls, atOnce);
  const [ours = [], base = []] = await takeTurns(senders.map((send) => () => callsPerSecond(send, atOnce)));
  return ratioRow({ what: `webhooks sent over HTTPS, ${atOnce} at once`, unit: '/s', target }, ours, {
    name: 'signed https.request',
    samples: base,
  });
}

/**
 * A batch of first attempts, from the message in the queue to the recorded response. Batches of several tenants take turns,
 * because one tenant sends at most 50 attempts a second to a host.
 */
async function deliveriesRow(world: World): Promise<Row> {
  const firers = await Promise.all(
    Array.from({ length: tenants }, async (_, index) => {
      await seedTenant(world.database, `bench${index}`, []);
      return eventFirer(world, `bench${index}`, `${world.engines.receiver}/in`);
    }),
  );
  const nextBatch = async () => {
    const fire = firers.shift();
    if (fire === undefined) throw new Error('There is no tenant');
    firers.push(fire);
    return batchOf(await inTurn(atOnce, fire));
  };
  const subjects = [world.product('deliver-webhook'), world.baseline('deliver-webhook')];
  await requireSameRequests(world, 'A batch of deliveries', subjects, nextBatch);
  const handlers = subjects.map(openHandler);
  for (const handler of handlers) await makeCalls(async () => handler(await nextBatch()), warmUpCalls / atOnce, 1);
  const [ours = [], base = []] = await takeTurns(
    handlers.map((handler) => async () => {
      const batches = await inTurn(batchesPerSample, nextBatch);
      const startedMs = performance.now();
      for (const batch of batches) await handler(batch);
      return (batches.length * atOnce * 1000) / (performance.now() - startedMs);
    }),
  );
  return ratioRow({ what: `deliveries made, ${atOnce} at once`, unit: '/s', target }, ours, {
    name: 'the same AWS calls and request',
    samples: base,
  });
}

const batchesPerSample = 4;
