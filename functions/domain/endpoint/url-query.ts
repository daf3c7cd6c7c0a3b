/** Stands for the query of a URL. */
const mask = '?***';

/** The URL with its query masked. Receivers accept keys there, so a reader who may not change an endpoint does not see it. */
export function withoutQuery(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query) + mask;
}
