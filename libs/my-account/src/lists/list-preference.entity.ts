import { Column, Entity, PrimaryColumn } from 'typeorm';

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
