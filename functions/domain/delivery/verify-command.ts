/**
 * Makes a shell command that verifies one attempt with openssl only and can be pasted as it is. It reads the secret
 * from `WEBHOOK_SECRET`, never shows it, and prints `verified` or `not verified`.
 *
 * @param headers the headers of the attempt
 * @param body the body exactly as sent
 */
export function verifyCommand(headers: Readonly<Record<string, string | null>>, body: string): string {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name] ?? '',
  );
  const key = `$(printf %s "\${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')`;
  const computed = `printf %s ${quoted(`${id}.${timestamp}.${body}`)} | openssl dgst -sha256 -mac HMAC -macopt "hexkey:${key}" -binary | openssl base64 -A`;
  return `case ${quoted(` ${signatures} `)} in *" v1,$(${computed}) "*) echo verified;; *) echo 'not verified';; esac`;
}

/** Quotes any text as one word of the shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
