import { ProductError, invalidRequest } from '../../domain/errors';
import { inexactRefusal } from '../../domain/inexact-refusal';
import { isPlainObject } from '../../domain/json';
import { scanJson } from '../../domain/scan-json';
import { maxBodyLevels } from '../../edge/http/body';

type Arguments = Readonly<Record<string, unknown>>;

/** What the text of an argument may stand for. */
export type Kind = 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'string';

/** The arguments of the product's own tools that are not text. */
const ownKinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['workflow_id', 'integer'],
  ['run_id', 'integer'],
  ['limit', 'integer'],
  ['wait_seconds', 'integer'],
  ['dry_run', 'boolean'],
  ['input', 'object'],
]);

/**
 * Reads the arguments of a call as they are meant. Models and automation tools write the same thing in several ways: `null` or
 * an empty text for an optional argument that is not given, numbers and booleans as text, and an object as JSON text. What
 * cannot be read so stays as it is, and the tool's schema refuses it. Names that the tool does not know are left out, because
 * some clients add names of their own.
 *
 * @param known the names of the tool's arguments
 * @param kinds what those of them stand for that are inputs of a workflow
 * @throws ProductError `invalid_number`, `malformed_json` or `invalid_request` for JSON text that a body may not hold either
 */
export function readArguments(
  known: readonly string[],
  sent: Arguments,
  kinds: ReadonlyMap<string, Kind> = new Map(),
): Arguments {
  const read = known.flatMap((name): [string, unknown][] => {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
    if (value === undefined || value === null || value === '') return [];
    const kind = kinds.get(name) ?? ownKinds.get(name);
    return [[name, typeof value === 'string' ? readText(name, value, kind) : value]];
  });
  return Object.fromEntries(read);
}

function readText(name: string, text: string, kind: Kind | undefined): unknown {
  switch (kind) {
    case 'integer':
      return wholeNumber(text) ?? text;
    case 'number':
      return decimalNumber(text) ?? text;
    case 'boolean':
      return booleans.get(text.toLowerCase()) ?? text;
    case 'object':
      return jsonText(text, name, isPlainObject) ?? text;
    case 'array':
      return jsonText(text, name, Array.isArray) ?? text;
    default:
      return text;
  }
}

/** Undefined for text that is no whole number, or one that a 64-bit floating-point number cannot hold exactly. */
function wholeNumber(text: string): number | undefined {
  const number = /^-?(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Undefined for text that is no number of JSON, or one that changes when it is read as a 64-bit floating-point number. */
function decimalNumber(text: string): number | undefined {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) || inexactRefusal(text, []) !== undefined) return undefined;
  return Number(text);
}

const booleans = new Map([
  ['true', true],
  ['false', false],
]);

/** Undefined for text that is no JSON of the kind. The bounds are those of a body, because text within JSON escapes them. */
function jsonText(text: string, name: string, isOfKind: (value: unknown) => boolean): unknown {
  const value = parsed(text);
  if (!isOfKind(value)) return undefined;
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
