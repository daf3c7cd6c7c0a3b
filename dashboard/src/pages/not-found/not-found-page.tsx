import { NotFound } from '../../parts/not-found';

/** An address that leads nowhere. */
export function NotFoundPage() {
  return <NotFound />;
}
