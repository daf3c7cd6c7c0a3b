/**
 * JSON in which binary values are texts in base64, as DynamoDB's protocol has them. They are rare, so texts without one are
 * spared the search for them.
 */
export const protocolJson = {
  stringify: (request: unknown): string => {
    const text = JSON.stringify(request);
    if (!text.includes('"B":{')) return text;
    return JSON.stringify(request, (key, value) =>
      isBytes(key, value) ? Buffer.from(value).toString('base64') : value,
    );
  },
  parse: (text: string): any => {
    if (!text.includes('"B":"')) return JSON.parse(text);
    return JSON.parse(text, (key, value) =>
      key === 'B' && typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value,
    );
  },
};

function isBytes(key: string, value: unknown): value is Uint8Array {
  return key === 'B' && value instanceof Uint8Array;
}
