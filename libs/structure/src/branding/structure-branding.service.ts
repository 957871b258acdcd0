import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { StructureRepository } from '../structure.repository';
import type { StructureEdit } from '../structure.types';
import { StructureLogoRepository } from './structure-logo.repository';
import type { StructureLogoEntity } from './structure-logo.repository';
import { cleanLogo } from './svg-logo';
import {
  StructureBranding,
  ShownBranding,
  NewBranding,
  shownBranding,
  accentOf,
  readableAccent,
} from './structure-branding';

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
