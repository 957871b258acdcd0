import { ParsedToken, parseToken } from '@portillon/kernel';

const SEPARATOR = '~';
const TOKEN_LENGTH = 80;

/** The tokens of a cookie, newest first, one per browser id, at most `most`. What is no token is passed over. */
export function readCookie(cookie: string | undefined, most: number): ParsedToken[] {
  if (!cookie) return [];
  const tokens = new Map<string, ParsedToken>();
  for (const text of cookie.slice(0, most * (TOKEN_LENGTH + 1)).split(SEPARATOR)) {
    const token = parseToken(text);
    if (token && !tokens.has(token.id)) tokens.set(token.id, token);
  }
  return [...tokens.values()];
}

/** The cookie that holds these tokens. */
export function toCookie(tokens: readonly ParsedToken[]): string {
  return tokens.map(toText).join(SEPARATOR);
}

export function toText(token: ParsedToken): string {
  return `${token.id}.${token.secret}`;
}
