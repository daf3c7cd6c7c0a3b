import { openDatabase } from '../functions/aws/database';
import { openRestApiStores } from '../functions/aws/open-stores';
import { waitingPlaces } from '../functions/aws/run/waiting';
import type { RestApiDeps } from '../functions/rest-api/deps';

/** What routes need in order to exist. They are only described, so nothing here is ever called. */
export function depsToDescribe(): RestApiDeps {
  const database = openDatabase('none');
  const now = () => new Date(0);
  return {
    ...openRestApiStores(database),
    executions: { start: neverCalled, stop: neverCalled },
    queue: { send: neverCalled },
    record: neverCalled,
    signIn: neverCalled,
    engineSetting: 'auto',
    supportEmail: '',
    ownHosts: [],
    origin: '',
    originSecrets: [],
    localInboxOrigin: undefined,
    now,
    newUid: neverCalled,
    newUlid: neverCalled,
    onStartDeferred: neverCalled,
    waiting: waitingPlaces(database, 0, now),
    sleep: neverCalled,
    log: neverCalled,
  };
}

function neverCalled(): never {
  throw new Error('A route was called while it was only described.');
}
