/**
 * Characters that could forge lines of a log, drive a terminal, or reorder and hide text so that it reads differently
 * (CWE-117, CVE-2021-42574).
 */
const TREACHEROUS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u200B-\u200D\u2060\uFEFF]+/gu;

/** A text without such characters and outer spaces, with one unit per character: the usual case. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** Names of members that must not contain values. */
const SECRET_NAME = /password|passphrase|secret|token|cookie|authorization|^(code|otp|pin)$/i;

/** Maximum length of the JSON of an event's data, characters. */
const DATA_LENGTH = 4_000;

/** One line of at most `length` characters, never cut within one; null for an empty text. */
export function journalText(text: string | null | undefined, length: number): string | null {
  if (text === null || text === undefined) return null;
  if (text.length <= length && PLAIN.test(text)) return text;
  // Twice the length: a character outside the basic plane takes two units, and the rest is dropped anyway.
  const line = text
    .slice(0, length * 2)
    .replace(TREACHEROUS, ' ')
    .trim();
  return [...line].slice(0, length).join('');
}

/** The event's data as JSON without secrets; only its length when it is too long. */
export function journalData(data: object | undefined): string | null {
  if (!data) return null;
  const json = JSON.stringify(data, withoutSecrets).replace(TREACHEROUS, ' ');
  return json.length <= DATA_LENGTH ? json : JSON.stringify({ leftOut: json.length });
}

function withoutSecrets(name: string, value: unknown): unknown {
  return SECRET_NAME.test(name) ? '[left out]' : value;
}
