import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, Repository } from 'typeorm';
import { ListPreferenceEntity } from './list-preference.entity';

/** The table `listPreference`. */
@Injectable()
export class ListPreferenceRepository extends EntityRepository<ListPreferenceEntity> {
  constructor(@InjectRepository(ListPreferenceEntity) rows: Repository<ListPreferenceEntity>) {
    super(rows);
  }

  find(accountId: string, list: string): Promise<ListPreferenceEntity | null> {
    return this.of().findOneBy({ accountId, list });
  }

  ofAccount(accountId: string): Promise<ListPreferenceEntity[]> {
    return this.of().find({ where: { accountId }, order: { list: 'ASC' } });
  }

  async set(row: ListPreferenceEntity): Promise<void> {
    await this.of().upsert(row, ['accountId', 'list']);
  }

  async deleteOf(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }
}
