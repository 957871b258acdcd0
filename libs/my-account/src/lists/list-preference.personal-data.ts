import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { ListPreference } from './list-preference.entity';
import { ListPreferenceRepository } from './list-preference.repository';

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
