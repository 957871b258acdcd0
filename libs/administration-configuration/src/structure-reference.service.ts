import { Injectable } from '@nestjs/common';
import { Structure, StructureService } from '@portillon/structure';
import type { EntityManager } from 'typeorm';
import { wrongEntry } from './configuration.errors';

/** A structure that an entry names. */
export interface NamedStructure {
  id: string;
  /** As the file is written: the same in every deployment. */
  text: string;
}

/** Files reference structures by FINESS, SIRET or name, since ids differ between deployments. */
@Injectable()
export class StructureReferenceService {
  constructor(private readonly structures: StructureService) {}

  /** @throws AppError `validation.failed`, on `field`, for a reference to an unknown structure */
  async resolve(field: string, texts: readonly string[], tx: EntityManager): Promise<NamedStructure[]> {
    const found = await this.structures.findAll(texts, tx);
    return texts.map((text) => {
      const structure = found.get(text);
      if (!structure) throw wrongEntry(field, 'structure-unknown');
      return { id: structure.id, text: referenceOf(structure) };
    });
  }

  /** The id of the structure that an entry belongs to; null: to none. @throws AppError `validation.failed` */
  async ownerOf(text: string | null | undefined, tx: EntityManager): Promise<string | null> {
    if (!text) return null;
    return (await this.resolve('structure', [text], tx))[0]!.id;
  }

  /** The names of these structures in files; the id of one that no longer exists. */
  async textsOf(ids: readonly string[], tx?: EntityManager): Promise<string[]> {
    const texts: string[] = [];
    for (const id of ids) texts.push((await this.textOf(id, tx))!);
    return texts;
  }

  async textOf(id: string | null, tx?: EntityManager): Promise<string | null> {
    if (id === null) return null;
    const structure = await this.structures.get(id, tx);
    return structure ? referenceOf(structure) : id;
  }
}

function referenceOf({ finess, siret, name }: Structure): string {
  return finess ?? siret ?? name;
}
