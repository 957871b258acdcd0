import type { ColumnGroup, Table } from '@portillon/persistence';

export interface DescribedColumn extends Omit<ColumnGroup, 'names'> {
  name: string;
  type: string;
}

/** A table as its library declares it. */
export interface DescribedTable extends Omit<Table, 'entity' | 'columns' | 'durations'> {
  name: string;
  columns: DescribedColumn[];
  /** Milliseconds, by the names that `kept` uses. */
  durations: Record<string, number>;
}

/** A duration that the signed statement lists, by its name there. */
export interface StatedDuration {
  of: string;
  ms: number;
}
