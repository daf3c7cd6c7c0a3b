import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/api-error';
import { useRead } from '../../api/use-api';
import { LoadState } from '../../parts/load-state';
import { Decide } from './decide';
import { Frame } from './frame';
import { Gone, Leaving, type Decided } from './outcome';

/** The form of the ids that the authorization server gives its requests. Anything else would call another path. */
const uidForm = /^[\w-]{1,128}$/;

/** Asks a person whom an app has sent here whether it may act for a tenant over MCP. */
export function ConnectPage() {
  const [parameters] = useSearchParams();
  const uid = parameters.get('request') ?? '';
  return <Frame>{uidForm.test(uid) ? <LoadedRequest key={uid} uid={uid} /> : <Gone />}</Frame>;
}

function LoadedRequest({ uid }: { uid: string }) {
  const request = useRead('GET /oauth/interaction/{uid}/request', { uid });
  const [decided, setDecided] = useState<Decided>();
  const [isGone, setIsGone] = useState(false);
  if (decided !== undefined) return <Leaving decided={decided} />;
  // A request that was shown stays until an answer to it is refused. The browser reads it again now and then, and no
  // longer finds it once this page's own answer was accepted, which the page may not know yet.
  if (isGone || (request.data === undefined && isNotFound(request.error))) return <Gone />;
  return (
    <LoadState of={request.data === undefined ? request : { ...request, error: null }} noun="request">
      {(data) => (
        <Decide
          uid={uid}
          request={data}
          decided={(decision, location) => {
            setDecided({ decision, request: data });
            window.location.assign(location);
          }}
          refused={(error) => setIsGone(isNotFound(error))}
        />
      )}
    </LoadState>
  );
}

function isNotFound(error: unknown): boolean {
  return error !== null && problemOf(error).code === 'not_found';
}
