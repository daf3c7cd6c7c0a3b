import type { Attack } from './attack';
import { bodyAttacks } from './bodies';
import { tenantFloods } from './floods';
import { rowAttacks } from './rows';
import { strangersAttacks } from './strangers';
import { waitingAttacks } from './waits';
import { webhookAttacks } from './webhooks';

/** Everything that `npm run abuse` plays, in this order. */
export const attacks: readonly Attack[] = [
  ...strangersAttacks,
  ...waitingAttacks,
  ...tenantFloods,
  ...bodyAttacks,
  ...webhookAttacks,
  ...rowAttacks,
];
