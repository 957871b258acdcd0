import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { StructureEntity } from '../structure.entity';
import { StructureRepository } from '../structure.repository';
import type { StructureEdit } from '../structure.types';
import { StructureLogoRepository } from './structure-logo.repository';
import type { StructureLogoEntity } from './structure-logo.repository';
import { cleanLogo } from './svg-logo';

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

/** What is kept of a branding: `logo` as a file of SVG, null for none, left out for the one that is there. */
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

type Drawing = Pick<StructureLogoEntity, 'digest' | 'svg'>;

const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,80}$/u;

/** Branding of structures: a name, a logo, a colour. */
@Injectable()
export class StructureBrandingService {
  constructor(
    private readonly structures: StructureRepository,
    private readonly logos: StructureLogoRepository,
  ) {}

  /**
   * Stores the branding: the logo cleaned, the colour darkened until it is readable. Omitted fields stay.
   *
   * @throws AppError `validation.failed`
   */
  async set(
    id: string,
    branding: Partial<NewBranding>,
    version: number,
    tx: EntityManager,
  ): Promise<StructureEdit> {
    const logo = drawn(branding.logo);
    if (!(await this.structures.change(id, version, columnsOf(branding, logo), tx)))
      return { status: (await this.structures.find(id, tx)) ? 'moved' : 'missing' };
    if (logo !== undefined) await this.logos.replace(id, logo, tx);
    return { status: 'edited' };
  }

  /**
   * Returns the values that {@link set} would store, for a comparison.
   *
   * @throws AppError `validation.failed`
   */
  kept(branding: Partial<NewBranding>): Partial<StructureBranding> {
    return columnsOf(branding, drawn(branding.logo));
  }

  /** Returns the branding that people see; nothing where there is none. */
  async shown(id: string): Promise<ShownBranding | undefined> {
    const structure = await this.structures.findBranding(id);
    return structure ? shownBranding(structure) : undefined;
  }

  /** Returns the logo with this name. */
  logo(digest: string): Promise<string | undefined> {
    return this.logos.findSvg(digest);
  }
}

function columnsOf(
  { displayName, accent }: Partial<NewBranding>,
  logo: Drawing | null | undefined,
): Partial<StructureBranding> {
  return {
    ...(displayName !== undefined && { displayName: keptName(displayName) }),
    ...(logo !== undefined && { logo: logo?.digest ?? null }),
    ...(accent !== undefined && { accent: keptAccent(accent) }),
  };
}

/** Nothing where it is left out. */
function drawn(logo: string | null | undefined): Drawing | null | undefined {
  if (logo === undefined) return undefined;
  if (!logo) return null;
  const svg = cleanLogo(logo);
  return { svg, digest: createHash('sha256').update(svg).digest('hex') };
}

function keptName(name: string | null): string | null {
  const kept = name?.trim() || null;
  if (kept !== null && !NAME.test(kept)) throw wrong('displayName');
  return kept;
}

function keptAccent(accent: string | null): string | null {
  if (accent === null) return null;
  const colour = accentOf(accent);
  if (!colour) throw wrong('accent');
  return readableAccent(colour);
}

function wrong(field: keyof NewBranding): AppError {
  return new AppError('validation.failed', { errors: [{ field, code: 'format', message: '' }] });
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
