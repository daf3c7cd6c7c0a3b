import { Go } from '../parts/go';
import { useEndpoints } from './use-endpoints';

/** A link to an endpoint, named by its host and path. A deleted endpoint is named by its id. */
export function EndpointLink({ id, url }: { id: string; url?: string }) {
  const { items } = useEndpoints(url === undefined);
  const known = url ?? items.find((endpoint) => endpoint.id === id)?.url;
  return (
    <span title={known}>
      <Go to={`/webhook-endpoints/${id}`}>{known === undefined ? id : hostAndPathOf(known)}</Go>
    </span>
  );
}

/** The path is included because several endpoints may have the same host. */
export function hostAndPathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname } = new URL(url);
  return pathname === '/' ? host : host + pathname;
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
