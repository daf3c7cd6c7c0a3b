import type { GuardedRoute, PublicRoute } from '../../edge/http/route';

/** What is said of a route. What it does is not needed here. */
export type Operation = Omit<PublicRoute, 'act'> | Omit<GuardedRoute, 'act' | 'accessWhen'>;
