import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDatabase } from '../../../functions/aws/database';
import { openSqs } from '../../../functions/aws/delivery/queue';
import {
  engineAddressesFile,
  engineAddressesSchema,
  functionLogFile,
  type EngineAddresses,
} from '../../../local/engine-addresses';
import { OperatorProblem } from '../terminal/operator-problem';
import type { Terminal } from '../terminal/terminal';
import type { Place } from './deployment';
import { isConnectionError } from './is-connection-error';
import { tailFile } from './log-tail';

/** The local run on the folder that LOCAL_DATA_DIR names, as `npm start` does. */
export function openLocal(env: Terminal['env']): Place {
  const folder = resolve(env['LOCAL_DATA_DIR'] ?? '.local');
  const file = join(folder, engineAddressesFile);
  const { region, dynamodb_url, sqs_url, table_name, delivery_queue_url, dead_letter_queue_url } = readAddresses(file);
  if (dead_letter_queue_url === null) throw noLocalRun(`The local run that ${file} names has no dead-letter queue.`);
  // Credentials too, or the SDK would look for real ones.
  const reach = { region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 2 };
  const database = openDatabase(table_name, { ...reach, endpoint: dynamodb_url });
  const sqs = openSqs({ ...reach, endpoint: sqs_url });
  return {
    database,
    sqs,
    deliveryQueueUrl: delivery_queue_url,
    deadLetterQueueUrl: dead_letter_queue_url,
    tailLogs: ({ uid }) => tailFile(join(folder, ...functionLogFile), uid),
    explain: (error) =>
      isElsewhere(error) ? noLocalRun(`The local run that ${file} names does not answer.`, error) : undefined,
    close: () => {
      database.client.destroy();
      database.once.destroy();
      sqs.destroy();
    },
  };
}

function readAddresses(file: string): EngineAddresses {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw noLocalRun(`There is no local run: ${file} does not exist.`, error);
  }
  try {
    return engineAddressesSchema.parse(JSON.parse(text));
  } catch (error) {
    throw noLocalRun(`${file} is not what this version's local run writes.`, error);
  }
}

/** Nothing listens there any more, or something else does. */
function isElsewhere(error: unknown): boolean {
  if (isConnectionError(error)) return true;
  if (!(error instanceof Error)) return false;
  // An answer that the SDK could not read: no engine's.
  if (error.name === 'SyntaxError' && '$response' in error) return true;
  return error.name === 'ResourceNotFoundException' || error.name === 'QueueDoesNotExist';
}

function noLocalRun(why: string, cause?: unknown): OperatorProblem {
  return new OperatorProblem(
    'unreachable',
    `${why} Start one with \`npm start\`, under the same LOCAL_DATA_DIR if that is set.`,
    cause,
  );
}
