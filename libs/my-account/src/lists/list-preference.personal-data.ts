import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { ListPreferenceRepository } from './list-preference.repository';
import { ListPreferenceService } from './list-preference.service';
import type { ListPreference } from './list-preference.types';

declare module '@portillon/persistence' {
  interface PersonalRecords {
    lists: (ListPreference & { list: string })[];
  }
}

@Injectable()
export class ListPreferencePersonalData implements PersonalDataSource {
  constructor(
    private readonly lists: ListPreferenceService,
    private readonly rows: ListPreferenceRepository,
  ) {}

  async export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    return { lists: await this.lists.all(id) };
  }

  async erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    await this.rows.deleteOf(id, tx);
  }
}
