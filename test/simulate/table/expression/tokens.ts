import { invalid, unknown } from '../refusals';

/** docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const longest = 4096;

/** The words and signs of an expression, read one after the other. */
export interface Tokens {
  readonly text: string;
  /** The names (`#x`) and the values (`:x`) that the expression uses, each once. */
  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly peek: () => string | undefined;
  readonly next: () => string;
  /** Takes the next token if it is this one. */
  readonly take: (token: string) => boolean;
  readonly expect: (token: string) => void;
  readonly isAtEnd: () => boolean;
  /** The error to throw if the expression is none of those that the product uses. */
  readonly unknown: () => Error;
}

export function tokensOf(text: string): Tokens {
  if (Buffer.byteLength(text) > longest) throw invalid('Expression size has exceeded the maximum allowed size');
  const tokens = text.match(/[#:]?\w+|<>|<=|>=|[^\s]/g) ?? [];
  let at = 0;
  const failure = () => unknown(`the expression "${text}", at "${tokens[at] ?? 'its end'}"`);
  const take = (token: string) => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  return {
    text,
    names: startingWith('#', tokens),
    values: startingWith(':', tokens),
    peek: () => tokens[at],
    next: () => {
      const token = tokens[at];
      if (token === undefined) throw failure();
      at += 1;
      return token;
    },
    take,
    expect: (token) => {
      if (!take(token)) throw failure();
    },
    isAtEnd: () => at === tokens.length,
    unknown: failure,
  };
}

function startingWith(sign: string, tokens: readonly string[]): string[] {
  return [...new Set(tokens.filter((token) => token.startsWith(sign) && token.length > 1))];
}
