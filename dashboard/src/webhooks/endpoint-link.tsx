import { Go } from '../parts/go';
import { useEndpoints } from './use-endpoints';

/** An endpoint by its host, which people know it by; by its id when it was deleted. */
export function EndpointLink({ id, url }: { id: string; url?: string }) {
  const { items } = useEndpoints(url === undefined);
  const known = url ?? items.find((endpoint) => endpoint.id === id)?.url;
  return <Go to={`/webhook-endpoints/${id}`}>{known === undefined ? id : hostOf(known)}</Go>;
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
