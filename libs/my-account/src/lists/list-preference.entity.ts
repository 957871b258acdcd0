import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ListPreference } from './list-preference.types';

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
