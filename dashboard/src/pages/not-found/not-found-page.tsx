import { NotFound } from '../../parts/not-found';

/** The page of every address that has no other page. */
export function NotFoundPage() {
  return <NotFound />;
}
