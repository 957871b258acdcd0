import { Injectable } from '@nestjs/common';
import { ListPreferenceRepository } from './list-preference.repository';
import type { ListPreference } from './list-preference.types';

/** The users' preferences for the lists of administration, in every browser. */
@Injectable()
export class ListPreferenceService {
  constructor(private readonly rows: ListPreferenceRepository) {}

  async get(accountId: string, list: string): Promise<ListPreference> {
    const row = await this.rows.find(accountId, list);
    return row?.preference ?? { views: [], columns: [] };
  }

  set(accountId: string, list: string, preference: ListPreference): Promise<void> {
    return this.rows.set({ accountId, list, preference });
  }

  /** Those of every list. */
  async all(accountId: string): Promise<(ListPreference & { list: string })[]> {
    const rows = await this.rows.ofAccount(accountId);
    return rows.map(({ list, preference }) => ({ list, ...preference }));
  }
}
