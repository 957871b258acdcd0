import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { configurableModule } from '@portillon/kernel';
import type {
  ColumnGroup,
  DataSubject,
  Duration,
  PersistencePart,
  PersonalDataSource,
  PersonalRecords,
  Providers,
  Table,
} from '@portillon/persistence';
import { type EntityManager, getMetadataArgsStorage } from 'typeorm';

/** The parts of the database: those of `PersistenceModule`. */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: PERSONAL_DATA_PARTS } =
  configurableModule<readonly PersistencePart[]>();

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

/** Every library's declaration of its tables, and the sources that export and erase a person's rows. */
@Injectable()
export class PersonalDataRegistry {
  readonly #providers: Providers = { get: (token) => this.modules.get(token, { strict: false }) };

  constructor(
    private readonly modules: ModuleRef,
    @Inject(PERSONAL_DATA_PARTS) private readonly parts: readonly PersistencePart[],
  ) {}

  async collect(subject: DataSubject): Promise<PersonalRecords> {
    const records: Partial<PersonalRecords> = {};
    for (const source of this.#sources()) Object.assign(records, await source.export(subject));
    return records as PersonalRecords;
  }

  async erase(subject: DataSubject, tx: EntityManager): Promise<void> {
    for (const source of this.#sources()) await source.erase(subject, tx);
  }

  /** Every table with its columns and the durations in force. */
  describe(): DescribedTable[] {
    return this.#tables().map(({ entity, columns, durations = {}, ...declared }) => ({
      ...declared,
      name: nameOf(entity),
      durations: Object.fromEntries(Object.entries(durations).map(([name, one]) => [name, this.#msOf(one)])),
      columns: columnsOf(entity).map((column) => ({ ...column, ...dataOf(column.name, columns) })),
    }));
  }

  /** The durations of the signed statement, in force. */
  stated(): StatedDuration[] {
    return this.#tables().flatMap(({ stated = {}, durations = {} }) =>
      Object.entries(stated).map(([of, name]) => ({ of, ms: this.#msOf(durations[name]!) })),
    );
  }

  #tables(): readonly Table[] {
    return this.parts.flatMap(({ tables }) => tables);
  }

  #sources(): PersonalDataSource[] {
    return this.parts.flatMap(({ personalData }) =>
      'none' in personalData ? [] : [this.#providers.get<PersonalDataSource>(personalData)],
    );
  }

  #msOf(duration: Duration): number {
    return typeof duration === 'number' ? duration : duration(this.#providers);
  }
}

function nameOf(entity: Table['entity']): string {
  return getMetadataArgsStorage().filterTables(entity)[0]!.name!;
}

/** In the order of the entity. */
function columnsOf(entity: Table['entity']): Pick<DescribedColumn, 'name' | 'type'>[] {
  return getMetadataArgsStorage()
    .filterColumns(entity)
    .map(({ propertyName: name, options: { type, length } }) => ({
      name,
      type: [type, length].filter(Boolean).join(' '),
    }));
}

function dataOf(name: string, columns: Table['columns']): Omit<ColumnGroup, 'names'> {
  const { names, ...data } = columns.find((group) => group.names.includes(name))!;
  return data;
}
