import { noteRead } from './pace';

type Send = (request: Request) => Promise<Response>;

interface Kept {
  readonly tag: string;
  readonly text: string;
}

/** A page polls a few addresses; the one that was asked for longest ago is forgotten first. */
const maxKept = 50;

/**
 * Sends each read with the ETag of the answer before, and gives that answer again if the API says that it still holds, so
 * that a page which polls does not transfer the same answer again and again. Answers are kept in memory only: the API
 * forbids the browser to store them.
 */
export function revalidating(send: Send): Send {
  const kept = new Map<string, Kept>();
  return async (request) => {
    if (request.method !== 'GET') return send(request);
    noteRead();
    // Another tenant has other answers at the same address.
    const key = `${request.headers.get('x-tenant-id') ?? ''} ${request.url}`;
    const known = kept.get(key);
    if (known !== undefined) request.headers.set('if-none-match', known.tag);
    const response = await send(request);
    if (response.status === 304 && known !== undefined) return new Response(known.text, { headers: response.headers });
    const tag = response.headers.get('etag');
    if (!response.ok || tag === null) return response;
    const text = await response.text();
    kept.delete(key);
    kept.set(key, { tag, text });
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
    return new Response(text, response);
  };
}
