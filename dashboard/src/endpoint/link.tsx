import { Go } from '../parts/go';
import { useEndpoints } from './use-endpoints';

/** An endpoint by its host and path, which people know it by; by its id when it was deleted. */
export function EndpointLink({ id, url }: { id: string; url?: string }) {
  const { items } = useEndpoints(url === undefined);
  const known = url ?? items.find((endpoint) => endpoint.id === id)?.url;
  return (
    <span title={known}>
      <Go to={`/webhook-endpoints/${id}`}>{known === undefined ? id : placeOf(known)}</Go>
    </span>
  );
}

/** Several endpoints may be at one host. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname } = new URL(url);
  return pathname === '/' ? host : host + pathname;
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
