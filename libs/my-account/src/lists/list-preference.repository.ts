import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import { EntityManager, Repository, Column, Entity, PrimaryColumn } from 'typeorm';

/** Filters under a name. */
export interface SavedView {
  name: string;
  /** In the form of the page's address, `outcome=FAILURE&period=7`: ids, and no names of people. */
  query: string;
}

export interface ListPreference {
  views: SavedView[];
  /** The columns that are shown, by their names; empty: those of the service. */
  columns: string[];
}

/** The table `listPreference`: the views and columns that a user chose for a list. */
@Entity('listPreference')
export class ListPreferenceEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  /** Which list: a word of the pages. */
  @PrimaryColumn({ type: 'varchar', length: 16 })
  list!: string;

  @Column({ type: 'simple-json' })
  preference!: ListPreference;
}

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

declare module '@portillon/persistence' {
  interface PersonalRecords {
    lists: (ListPreference & { list: string })[];
  }
}

@Injectable()
export class ListPreferencePersonalData implements PersonalDataSource {
  constructor(private readonly rows: ListPreferenceRepository) {}

  async export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    return { lists: await this.rows.findByAccount(id) };
  }

  async erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    await this.rows.deleteByAccount(id, tx);
  }
}
