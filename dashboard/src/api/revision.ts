/**
 * Whether two tags of one thing name the same edit. What stands behind the point of a tag also changes with a run or a
 * delivery, which overwrites nothing that a person wrote.
 */
export function isSameRevision(one: string | undefined, other: string | undefined): boolean {
  return revisionIn(one) === revisionIn(other);
}

function revisionIn(tag: string | undefined): string | undefined {
  return tag?.split('.', 1)[0];
}
