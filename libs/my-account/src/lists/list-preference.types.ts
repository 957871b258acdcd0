/** Filters under a name. */
export interface SavedView {
  name: string;
  /** As the address of the page has them, `outcome=FAILURE&period=7`: ids, and no person's name. */
  query: string;
}

export interface ListPreference {
  views: SavedView[];
  /** The columns that are shown, by their names; empty: those of the service. */
  columns: string[];
}
