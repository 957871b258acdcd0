/** The default alphabet of GSM 03.38, one septet each. `ç`, `ê`, `ô` and the typographic apostrophe are not in it. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table: an escape and the character, two septets. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Whether every character of `text` is in the GSM 7-bit alphabet, so that an SMS carries 160 of them. */
export function isGsm7(text: string): boolean {
  return [...text].every((character) => BASIC.has(character) || EXTENDED.has(character));
}

/**
 * How many SMS the operators bill for `text`: 160 septets in one, 153 in each of several;
 * 70 and 67 UTF-16 units when a character is outside the GSM alphabet (3GPP TS 23.038, 23.040).
 */
export function segments(text: string): number {
  if (!isGsm7(text)) return parts(text.length, 70, 67);
  const septets = [...text].reduce((sum, character) => sum + (EXTENDED.has(character) ? 2 : 1), 0);
  return parts(septets, 160, 153);
}

function parts(units: number, alone: number, joined: number): number {
  return units <= alone ? 1 : Math.ceil(units / joined);
}
