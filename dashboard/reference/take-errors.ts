/** The explanation of an error code, in the HTML of the page. */
export interface ExplainedError {
  readonly code: string;
  readonly html: string;
}

/**
 * Reads the explanations of the error codes from the page. They are in the page because a problem's `type` leads to
 * them, and a program that follows it runs no scripts.
 */
export function takeErrors(place: HTMLElement): readonly ExplainedError[] {
  return [...place.querySelectorAll('section[id]')].map((section) => ({
    code: section.id,
    html: [...section.querySelectorAll('p')].map((paragraph) => paragraph.outerHTML).join('\n\n'),
  }));
}
