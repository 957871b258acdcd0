import { Injectable } from '@nestjs/common';
import { AccountService, DirectoryChange, DirectoryChangeService } from '@portillon/account';
import { StructureService } from '@portillon/structure';
import type { Administrator } from '@portillon/user-management';

/** A page of open changes, with the names for them. */
export interface DirectoryChangePage {
  items: DirectoryChange[];
  nextCursor: string | null;
  total: number;
  /** Names of people and structures, by id. */
  names: ReadonlyMap<string, string>;
}

/** Lists what the national directory shows otherwise and is not decided. */
@Injectable()
export class DirectoryChangeListService {
  constructor(
    private readonly changes: DirectoryChangeService,
    private readonly accounts: AccountService,
    private readonly structures: StructureService,
  ) {}

  /** Open changes within reach, in the order in which they were found. */
  async list(
    { scope }: Administrator,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<DirectoryChangePage> {
    const { items, nextCursor } = await this.changes.listOpen(scope.structureIds, page);
    const people = await this.accounts.findNames(items.flatMap(({ accountId }) => accountId ?? []));
    const structures = await this.structures.names(items.map(({ structureId }) => structureId));
    const names = new Map([
      ...[...people.values()].map(({ id, displayName }) => [id, displayName] as const),
      ...[...structures.values()].map(({ id, name }) => [id, name] as const),
    ]);
    return { items, nextCursor, total: await this.changes.countOpen(scope.structureIds), names };
  }
}
