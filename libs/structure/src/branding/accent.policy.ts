/** WCAG 2.2, 1.4.6: required of all texts of the service. */
const ENOUGH = 7;
const COLOUR = /^#[0-9a-f]{6}$/i;
const STEPS = 100;

/** The stored form of a colour, `#RRGGBB`; nothing for another text. */
export function accentOf(text: string): string | undefined {
  return COLOUR.test(text) ? text.toLowerCase() : undefined;
}

/** The colour itself where it is readable on white; otherwise the first darker one that is. */
export function readableAccent(accent: string): string {
  const channels = channelsOf(accent);
  for (let step = STEPS; step > 0; step--) {
    const darker = channels.map((one) => Math.floor((one * step) / STEPS));
    if (contrastWithWhite(darker) >= ENOUGH) return `#${darker.map(hex).join('')}`;
  }
  return '#000000';
}

function channelsOf(accent: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16));
}

function hex(channel: number): string {
  return channel.toString(16).padStart(2, '0');
}

/** WCAG 2.2, definitions of contrast ratio and of relative luminance. */
function contrastWithWhite(channels: readonly number[]): number {
  const [red, green, blue] = channels.map(linear) as [number, number, number];
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
