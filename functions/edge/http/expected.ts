import { invalidRequest, type Fault } from '../../domain/errors';
import type { Expected } from '../../domain/revision';
import { maxTagCharacters, maxTags, readTags, revisionIn, type EntityTag, type NamedTags } from './entity-tag';
import type { HttpRequest } from './request';

/**
 * What the preconditions of a change say. Only the revision in a tag is compared: a run that ended since the caller read a
 * workflow changes what a GET answers, but takes nothing away that the caller's change would overwrite.
 *
 * `If-Match: *` holds for everything that exists, and a route answers 404 for everything else, so it expects nothing more.
 * The comparison is strong for `If-Match`, where a weak tag therefore never matches, and weak for `If-None-Match`:
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.1
 *
 * @throws ProductError `invalid_request` for a header that cannot be read: to ignore it would make the change after all
 */
export function expectedOf({ headers }: HttpRequest): Expected {
  const match = tagsIn('If-Match', headers['if-match']);
  const noneMatch = tagsIn('If-None-Match', headers['if-none-match']);
  const faults = [match, noneMatch].flatMap(({ fault }) => fault ?? []);
  if (faults.length > 0) throw invalidRequest(faults);
  return {
    ...(match.tags !== undefined && match.tags !== '*' && { oneOf: match.tags.filter(isStrong).map(revisionIn) }),
    ...(noneMatch.tags !== undefined && {
      noneOf: noneMatch.tags === '*' ? noneMatch.tags : noneMatch.tags.map(revisionIn),
    }),
  };
}

function tagsIn(name: string, field: string | undefined): { readonly tags?: NamedTags; readonly fault?: Fault } {
  if (field === undefined) return {};
  const tags = readTags(field);
  if (tags !== undefined) return { tags };
  const detail = `Must be * or at most ${maxTags} entity tags as an ETag header shows them, with their quotes, in at most ${maxTagCharacters} characters.`;
  return { fault: { header: name, code: 'invalid_entity_tag', detail } };
}

function isStrong({ isWeak }: EntityTag): boolean {
  return !isWeak;
}
