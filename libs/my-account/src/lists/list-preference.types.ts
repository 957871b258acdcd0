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
