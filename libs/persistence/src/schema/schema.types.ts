/** A column, as the code expects it or as the database has it. */
export interface SchemaColumn {
  table: string;
  name: string;
  isNullable: boolean;
  /** Maximum length of a text; null where the engine sets or enforces none. */
  length: number | null;
}

export interface FoundColumn extends SchemaColumn {
  /** Whether a row cannot be inserted without a value for it. */
  isRequired: boolean;
  /** How texts are compared; null for other types, and on the embedded engine. */
  collation: string | null;
}

/** An index other than the primary key. `columns`: in their order, separated by commas. */
export interface SchemaIndex {
  table: string;
  name: string;
  columns: string;
  isUnique: boolean;
}

export interface Schema {
  columns: SchemaColumn[];
  indexes: SchemaIndex[];
}

export interface FoundSchema extends Schema {
  columns: FoundColumn[];
}
