import { ParsedToken, parseToken } from '@portillon/kernel';

const SEPARATOR = '~';
const TOKEN_LENGTH = 80;

/** Reads the tokens of a cookie, newest first, one per browser id, at most `most`. Ignores malformed ones. */
export function readCookie(cookie: string | undefined, most: number): ParsedToken[] {
  if (!cookie) return [];
  const tokens = new Map<string, ParsedToken>();
  for (const text of cookie.slice(0, most * (TOKEN_LENGTH + 1)).split(SEPARATOR)) {
    const token = parseToken(text);
    if (token && !tokens.has(token.id)) tokens.set(token.id, token);
  }
  return [...tokens.values()];
}

/** Writes these tokens as the value of a cookie. */
export function toCookie(tokens: readonly ParsedToken[]): string {
  return tokens.map(toText).join(SEPARATOR);
}

export function toText(token: ParsedToken): string {
  return `${token.id}.${token.secret}`;
}
