import type { StructureEntity } from '../structure.entity';

/** What a structure is recognised by, beside its registered name. */
export interface StructureBranding {
  /** As people say it; null: as it is registered. */
  displayName: string | null;
  /** The name of its logo, which is that of its content; null: it has none. */
  logo: string | null;
  /** `#rrggbb`, dark enough to be read on white. */
  accent: string | null;
}

/** What people are shown: a name in any case. */
export interface ShownBranding extends Pick<StructureBranding, 'logo' | 'accent'> {
  name: string;
}

/** What is kept of a face: `logo` as a file of SVG, null for none, left out for the one that is there. */
export interface NewBranding {
  displayName: string | null;
  logo?: string | null;
  accent: string | null;
}

type BrandingColumns = Pick<StructureEntity, 'displayName' | 'logo' | 'accent'>;

export function toBranding({ displayName, logo, accent }: BrandingColumns): StructureBranding {
  return { displayName, logo, accent };
}

/** What is shown; nothing where the structure gave nothing to show. `name`: as it is registered. */
export function shownBranding(structure: BrandingColumns & { name: string }): ShownBranding | undefined {
  const { displayName, logo, accent, name } = structure;
  if (displayName === null && logo === null && accent === null) return undefined;
  return { name: displayName ?? name, logo, accent };
}

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
