/**
 * Control characters and line separators would forge lines of a log or drive a terminal; the marks that turn or hide
 * text would make a line read otherwise than it is (CWE-117, CVE-2021-42574).
 */
const TREACHEROUS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u200B-\u200D\u2060\uFEFF]+/gu;

/** Nothing treacherous in it, nor to trim, and one unit to a character: what the journal is nearly always given. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** Members that by their name should not be there. */
const SECRET_NAME = /password|passphrase|secret|token|cookie|authorization|^(code|otp|pin)$/i;

/** Longest JSON of an event's data, in characters. */
const DATA_LENGTH = 4_000;

/** One line of at most `length` characters, cut between two, or nothing when there is nothing. */
export function journalText(text: string | null | undefined, length: number): string | null {
  if (text === null || text === undefined) return null;
  if (text.length <= length && PLAIN.test(text)) return text;
  // Twice: a character outside the basic plane takes two units, and only what may be kept is worth cleaning.
  const line = text
    .slice(0, length * 2)
    .replace(TREACHEROUS, ' ')
    .trim();
  return [...line].slice(0, length).join('');
}

/** The event's data as JSON without secrets; when it is too long, its length alone. */
export function journalData(data: object | undefined): string | null {
  if (!data) return null;
  const json = JSON.stringify(data, withoutSecrets).replace(TREACHEROUS, ' ');
  return json.length <= DATA_LENGTH ? json : JSON.stringify({ leftOut: json.length });
}

function withoutSecrets(name: string, value: unknown): unknown {
  return SECRET_NAME.test(name) ? '[left out]' : value;
}
