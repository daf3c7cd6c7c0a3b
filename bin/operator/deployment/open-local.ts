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
import type { Deployment } from './deployment';
import { isConnectionError } from './is-connection-error';
import { tailLogFile } from './log-tail';

/** Opens the local run whose data folder LOCAL_DATA_DIR names; the default is the same as for `npm start`. */
export function openLocal(env: Terminal['env']): Deployment {
  const folder = resolve(env['LOCAL_DATA_DIR'] ?? '.local');
  const file = join(folder, engineAddressesFile);
  const { region, dynamodb_url, sqs_url, table_name, delivery_queue_url, dead_letter_queue_url } = readAddresses(file);
  if (dead_letter_queue_url === null) throw noLocalRun(`The local run that ${file} names has no dead-letter queue.`);
  // Without these credentials the SDK would look for real ones.
  const clientOptions = { region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 2 };
  const database = openDatabase(table_name, { ...clientOptions, endpoint: dynamodb_url });
  const sqs = openSqs({ ...clientOptions, endpoint: sqs_url });
  return {
    database,
    sqs,
    deliveryQueueUrl: delivery_queue_url,
    deadLetterQueueUrl: dead_letter_queue_url,
    tailLogs: ({ uid }) => tailLogFile(join(folder, ...functionLogFile), uid),
    readArns: undefined,
    explain: (error) =>
      isNotLocalRun(error) ? noLocalRun(`The local run that ${file} names does not answer.`, error) : undefined,
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
    throw noLocalRun(`${file} was not written by this version of the local run.`, error);
  }
}

/** True if nothing listens at the address any more, or another program does. */
function isNotLocalRun(error: unknown): boolean {
  if (isConnectionError(error)) return true;
  if (!(error instanceof Error)) return false;
  // The SDK could not parse the answer, so it did not come from the local run.
  if (error.name === 'SyntaxError' && '$response' in error) return true;
  return error.name === 'ResourceNotFoundException' || error.name === 'QueueDoesNotExist';
}

function noLocalRun(reason: string, cause?: unknown): OperatorProblem {
  return new OperatorProblem(
    'unreachable',
    `${reason} Start one with \`npm start\`, with the same LOCAL_DATA_DIR if that is set.`,
    cause,
  );
}
