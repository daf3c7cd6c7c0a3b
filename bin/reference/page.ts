import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorCodes, type ErrorCode } from '../../functions/domain/errors';
import { problems } from '../../functions/edge/http/problem';
import { remedies } from '../../functions/rest-api/document/words/errors';

const page = resolve(__dirname, '..', '..', 'dashboard', 'reference', 'index.html');
const place = '<!-- errors -->';

/**
 * The HTML of the reference page. It explains every error code in itself, because a problem's `type` leads to the page,
 * and a program that follows the link runs no scripts. The script moves the explanations to where it shows the rest.
 */
export function referencePage(): string {
  return readFileSync(page, 'utf8').replace(place, () => errorCodes.map(explanation).join('\n          '));
}

function explanation(code: ErrorCode): string {
  const { status, title } = problems[code];
  return `<section id="${code}"><h3>${code}</h3><p><strong>${status} ${inHtml(title)}</strong></p><p>${inHtml(remedies[code])}</p></section>`;
}

/** Text with code between backticks. */
function inHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
