import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, Repository } from 'typeorm';
import { ListPreference, ListPreferenceEntity } from './list-preference.entity';

/** The users' preferences for the lists of administration, in every browser: the table `listPreference`. */
@Injectable()
export class ListPreferenceRepository extends EntityRepository<ListPreferenceEntity> {
  constructor(@InjectRepository(ListPreferenceEntity) rows: Repository<ListPreferenceEntity>) {
    super(rows);
  }

  async findByList(accountId: string, list: string): Promise<ListPreference> {
    const row = await this.of().findOneBy({ accountId, list });
    return row?.preference ?? { views: [], columns: [] };
  }

  /** Those of every list. */
  async findByAccount(accountId: string): Promise<(ListPreference & { list: string })[]> {
    const rows = await this.of().find({ where: { accountId }, order: { list: 'ASC' } });
    return rows.map(({ list, preference }) => ({ list, ...preference }));
  }

  async save(accountId: string, list: string, preference: ListPreference): Promise<void> {
    await this.of().upsert({ accountId, list, preference }, ['accountId', 'list']);
  }

  async deleteByAccount(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }
}
