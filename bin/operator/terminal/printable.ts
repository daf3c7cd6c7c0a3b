/**
 * Makes text that tenants wrote harmless on a terminal: control characters could move the cursor or change what was
 * printed before, and bidirectional marks could display one word as another.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    if (character === '\n') return '\\n';
    return `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0') ?? ''}`;
  });
}
