import type { Call } from '../../support/http-calls';
import type { Ground, TenantId } from '../deployment/ground';
import type { Exchange, System } from '../deployment/system';

/** Where actors act. */
export interface Scene {
  readonly system: System;
  readonly ground: Ground;
  /** A tenant's token, in the header. */
  readonly by: (tenantId: TenantId, as: 'pat' | 'member') => Call;
}

/** One thing that somebody outside the product does. It ends when they know what came of it. */
export type Act = (scene: Scene, who: string) => Promise<unknown>;

export function sceneOf(system: System, ground: Ground): Scene {
  return {
    system,
    ground,
    by: (tenantId, as) => {
      const { pat, member } = ground.tenants[tenantId];
      return { token: as === 'pat' ? pat : member };
    },
  };
}

/** Mostly `acme`; `beta` is the tenant that must notice nothing. */
export function someTenant({ system }: Scene): TenantId {
  return system.world.choices.rarely(0.2, 1) === 0 ? 'acme' : 'beta';
}

/** A run that the callers know of, or the first. */
export function someRun({ system }: Scene, tenantId: TenantId): number {
  const known = system.exchanges.flatMap(({ tenantId: of, answer }) =>
    of === tenantId && answer?.status === 202 && answer.body.workflow_id !== undefined ? [Number(answer.body.id)] : [],
  );
  return known[system.world.choices.among(Math.max(1, known.length))] ?? 1;
}

/** Repeats a request as a careful client does: after no answer, and when it is told to try again. */
export async function persist(scene: Scene, send: () => Promise<Exchange>): Promise<void> {
  const { world } = scene.system;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const { answer } = await send();
    if (answer !== undefined && answer.status < 500 && answer.body?.code !== 'idempotency_in_progress') return;
    await world.sleep(Number(answer?.headers['retry-after'] ?? 5) * 1000);
  }
}
