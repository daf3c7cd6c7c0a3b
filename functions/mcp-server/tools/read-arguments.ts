import { ProductError, invalidRequest } from '../../domain/errors';
import { inexactRefusal } from '../../domain/inexact-refusal';
import { isPlainObject } from '../../domain/json';
import { scanJson } from '../../domain/scan-json';
import { maxBodyLevels } from '../../edge/http/body';

type Arguments = Readonly<Record<string, unknown>>;

/**
 * Reads the arguments of a call as they are meant. Models and automation tools write the same thing in several ways: `null` or
 * an empty text for an optional argument that is not given, numbers and booleans as text, and an object as JSON text. What
 * cannot be read so stays as it is, and the tool's schema refuses it. Names that the tool does not know are left out, because
 * some clients add names of their own.
 *
 * @param known the names of the tool's arguments
 * @throws ProductError `invalid_number`, `malformed_json` or `invalid_request` for JSON text that a body may not hold either
 */
export function readArguments(known: readonly string[], sent: Arguments): Arguments {
  const read = known.flatMap((name): [string, unknown][] => {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
    if (value === undefined || value === null || value === '') return [];
    return [[name, typeof value === 'string' ? readText(name, value) : value]];
  });
  return Object.fromEntries(read);
}

function readText(name: string, text: string): unknown {
  switch (name) {
    case 'workflow_id':
    case 'run_id':
    case 'limit':
    case 'wait_seconds':
      return wholeNumber(text) ?? text;
    case 'dry_run':
      return booleans.get(text.toLowerCase()) ?? text;
    case 'input':
      return jsonObject(text, name) ?? text;
    default:
      return text;
  }
}

/** Undefined for text that is no whole number, or one that a 64-bit floating-point number cannot hold exactly. */
function wholeNumber(text: string): number | undefined {
  const number = /^-?(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

const booleans = new Map([
  ['true', true],
  ['false', false],
]);

/** Undefined for text that is no JSON object. The bounds are those of a body, because text within JSON escapes them. */
function jsonObject(text: string, name: string): Arguments | undefined {
  const value = parsed(text);
  if (!isPlainObject(value)) return undefined;
  const { levels, hasLoneSurrogate } = scanJson(Buffer.from(text));
  const pointer = `#/${name}`;
  if (levels > maxBodyLevels) {
    const detail = `The JSON text nests deeper than ${maxBodyLevels} levels.`;
    throw invalidRequest([{ pointer, code: 'too_deep', detail }]);
  }
  if (hasLoneSurrogate) {
    const detail = `${pointer} holds half of a character (a lone surrogate), which no UTF-8 has.`;
    throw new ProductError('malformed_json', detail);
  }
  const refusal = inexactRefusal(text, [name]);
  if (refusal !== undefined) throw refusal;
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
