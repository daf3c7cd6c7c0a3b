import { useState } from 'react';
import type { Decision } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { useSession } from '../../session/session';

export interface DecisionHandlers {
  readonly decided: (decision: Decision['decision'], location: string) => void;
  readonly refused: (error: Error) => void;
}

/** Sends the person's answer. While one is under way, another click sends nothing. */
export function useDecision(uid: string, tenantId: string | undefined, { decided, refused }: DecisionHandlers) {
  const { me } = useSession();
  const [pressed, setPressed] = useState<Decision['decision']>();
  const { mutate, isPending, error } = useAct(
    (call, { to, body }: { to: string; body: Decision }) =>
      call('POST /oauth/interaction/{uid}/decision', { uid, tenantId: to, body }),
    [],
  );
  const send = (body: Decision) => {
    setPressed(body.decision);
    // A denial opens no tenant, but the API wants one to be named.
    const to = body.decision === 'deny' ? (tenantId ?? me.tenant.id) : tenantId;
    if (to === undefined) return;
    mutate({ to, body }, { onSuccess: ({ location }) => decided(body.decision, location), onError: refused });
  };
  return {
    send,
    error,
    /** What is on its way. */
    sending: isPending ? pressed : undefined,
    /** True if the person pressed Approve without having chosen a tenant. */
    isTenantMissing: pressed === 'approve' && tenantId === undefined,
  };
}
