import { Injectable } from '@nestjs/common';
import {
  Structure,
  StructureListing,
  StructureName,
  StructurePage,
  StructureService,
} from '@portillon/structure';
import { AppError } from '@portillon/kernel';
import { AccessRefusalService } from '../rights/access-refusal.service';
import type { Administrator } from '../rights/actor';
import { isWithinReach, Scope } from '../rights/rights.policy';

/** The structures within an administrator's reach: others look exactly like structures that do not exist. */
@Injectable()
export class AdministeredStructureService {
  constructor(
    private readonly structures: StructureService,
    private readonly refusals: AccessRefusalService,
  ) {}

  /**
   * Returns the requested structure with all below it, or the administrator's reach (`null`: every structure).
   *
   * @throws AppError `not-found`, recorded in the journal
   */
  async within(administrator: Administrator, asked: string | undefined): Promise<Scope['structureIds']> {
    if (asked === undefined) return administrator.scope.structureIds;
    if (!isWithinReach(administrator.scope, asked))
      await this.refusals.hide(administrator, { structure: asked });
    return this.structures.findBelow([asked]);
  }

  /** A role in a grouping holds in all below it. */
  async withBelow(reach: Scope | undefined): Promise<Scope | undefined> {
    if (!reach?.structureIds) return reach;
    return { structureIds: await this.structures.findBelow(reach.structureIds) };
  }

  /** @throws AppError `not-found`, recorded in the journal when it is out of reach */
  async get(administrator: Administrator, id: string): Promise<Structure> {
    await this.within(administrator, id);
    const structure = await this.structures.get(id);
    if (!structure) throw new AppError('not-found');
    return structure;
  }

  /** The structures below one, as {@link StructureService.tree} returns them. @throws AppError as {@link get} does */
  async tree(administrator: Administrator, id: string, limit: number) {
    await this.get(administrator, id);
    return this.structures.tree(id, limit);
  }

  /** The name of the grouping of each of these, which its administrators see too, by its id. */
  async parentNames(structures: readonly Structure[]): Promise<Map<string, StructureName>> {
    const ids = structures.flatMap(({ parentId }) => parentId ?? []);
    return ids.length > 0 ? this.structures.names(ids) : new Map();
  }

  async list({ scope }: Administrator, page: StructureListing): Promise<StructurePage> {
    return this.structures.list({ ...page, among: scope.structureIds ?? undefined });
  }
}
