import { AppError } from '@portillon/kernel';
import DataLoader from 'dataloader';
import { EntityManager, FindOptionsOrder, FindOptionsSelect, FindOptionsWhere, In } from 'typeorm';
import type { ObjectLiteral, QueryDeepPartialEntity, Repository, SelectQueryBuilder } from 'typeorm';
import { RawSqlResultsToEntityTransformer } from 'typeorm/query-builder/transformer/RawSqlResultsToEntityTransformer';
import { isUniqueViolation } from './database/database-errors';

/** Base of all repositories: statements run in the caller's transaction, or each alone. */
export abstract class EntityRepository<Entity extends ObjectLiteral> {
  /** @throws Error when the database does not know the table: TypeORM itself reports it at the first statement */
  constructor(protected readonly rows: Repository<Entity>) {
    if (rows.manager.connection.hasMetadata(rows.target)) return;
    const { name } = rows.target as { name: string };
    throw new Error(
      `The database does not know the table of ${name}: give the part of its library to PersistenceModule.forRoot({ parts }), or the part's entities and migrations to TypeOrmModule.forRoot`,
    );
  }

  /** The rows as `tx` sees them; without it each statement commits separately. */
  protected of(tx?: EntityManager): Repository<Entity> {
    return tx ? tx.getRepository(this.rows.target) : this.rows;
  }

  /** Reads rows by the value of one column: the columns of `select`, or all. As {@link batched}. */
  protected loader<Column extends keyof Entity>(
    key: keyof Entity & string,
    select?: FindOptionsSelect<Entity> & Record<Column, true>,
  ): (value: string) => Promise<Pick<Entity, Column>[]> {
    const read = this.prepared(() =>
      this.rows.createQueryBuilder('row').setFindOptions({ select }).where(`row.${key} IN (:...values)`),
    );
    return this.batched(async (values: readonly string[]) => {
      const byValue = new Map(values.map((value) => [value, [] as Entity[]]));
      // Compared exactly, unlike by the collation.
      for (const row of await read({ values: [...byValue.keys()] })) byValue.get(row[key])?.push(row);
      return values.map((value) => byValue.get(value)!);
    });
  }

  /** Returns a read whose SELECT `build` makes at the first call. As {@link preparedSelect}. */
  protected prepared(build: () => SelectQueryBuilder<Entity>) {
    let read: ReturnType<typeof preparedSelect<Entity>> | undefined;
    return (values: ObjectLiteral, tx = this.rows.manager) => (read ??= preparedSelect(build()))(values, tx);
  }

  /**
   * Batches the keys of one turn of the event loop into one call of `read`, one SELECT. Each request is read from its
   * socket in a separate tick, and a loader's default would close its batch with the tick. Nothing is cached: each
   * call sees what was committed before it.
   */
  protected batched<Key, Found>(
    read: (keys: readonly Key[]) => Promise<Found[]>,
  ): (key: Key) => Promise<Found> {
    const loader = new DataLoader(read, { cache: false, batchScheduleFn: setImmediate });
    return (key) => loader.load(key);
  }

  /** Inserts a row. Returns whether it was inserted: of several concurrent callers with one key, the first gets true. */
  protected async insertNew(row: QueryDeepPartialEntity<Entity>, tx?: EntityManager): Promise<boolean> {
    try {
      await this.of(tx).insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /**
   * Deletes up to `batch` rows that are `old`, in this order. Returns how many. It selects them first and deletes by
   * the first column of their key, so that it locks no live row. Rows that are no longer old stay. With a key of
   * several columns, old rows that share the first column go too.
   */
  protected async deleteOldest(
    old: FindOptionsWhere<Entity>,
    order: FindOptionsOrder<Entity>,
    batch: number,
  ): Promise<number> {
    const key = this.rows.metadata.primaryColumns[0]!.propertyName;
    const select = { [key]: true } as FindOptionsSelect<Entity>;
    const oldest = await this.of().find({ select, where: old, order, take: batch });
    if (oldest.length === 0) return 0;
    const { affected } = await this.of().delete({
      ...old,
      [key]: In(oldest.map((row) => row[key] as string)),
    });
    return affected ?? 0;
  }
}

/** What TypeORM returns for an UPDATE or a DELETE. */
interface Affected {
  affected?: number | null;
}

/**
 * Whether a guarded UPDATE or DELETE changed its one row; of many concurrent callers, one gets `true`. An UPDATE
 * counts the rows that its guard matched, changed or not.
 */
export function exactlyOne({ affected }: Affected): boolean {
  return affected === 1;
}

/** More concurrent callers than this on the rows of one person are an attack. */
const TURNS = 32;
const RETRY_AFTER_SECONDS = 1;

/**
 * Runs `turn` until it succeeds. `turn` reads a row and changes it if it is unchanged; it returns `undefined` when
 * another caller came first.
 *
 * @throws AppError `service.busy` with `detail`, after 32 turns
 */
export async function optimisticRetry<Result>(
  turn: () => Promise<Result | undefined>,
  detail: string,
): Promise<Result> {
  for (let taken = 0; taken < TURNS; taken++) {
    const result = await turn();
    if (result !== undefined) return result;
  }
  throw new AppError('service.busy', { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

/**
 * Returns a read whose text and hydrator TypeORM builds here, once (ADR 0060). No row is kept: each call brings its
 * values, reads as `manager` sees the rows, and returns new entities. `query` has neither `take` nor `skip` nor an
 * operator such as `In`, and names each value: `:id`, `:...ids`.
 */
export function preparedSelect<Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>) {
  const { expressionMap, dataSource } = query;
  // As TypeORM's `getMany`: the primary key is read though it is not selected.
  expressionMap.queryEntity = true;
  const sql = query.getQuery();
  const hydrator = new RawSqlResultsToEntityTransformer(expressionMap, dataSource.driver, []);
  return async (values: ObjectLiteral, manager: EntityManager): Promise<Entity[]> => {
    const raw = await manager.query<unknown[]>(...dataSource.driver.escapeQueryWithParameters(sql, values));
    return hydrator.transform(raw, expressionMap.mainAlias!) as Entity[];
  };
}
