import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { KeyedColumn } from '../persistence.options';
import { KEYED_COLUMNS } from './key-rotation.policy';
import type { KeyUse } from './key-rotation.policy';

/** Counts the values of each key, over the tables of every library that declares columns with key ids. */
@Injectable()
export class KeyUseRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(KEYED_COLUMNS) private readonly columns: readonly KeyedColumn[],
  ) {}

  async findAll(): Promise<KeyUse[]> {
    const uses: KeyUse[] = [];
    for (const column of this.columns) uses.push(...(await this.#find(column)));
    return uses;
  }

  async #find({ entity, property, what, vouched = false }: KeyedColumn): Promise<KeyUse[]> {
    const made = `made.${property}`;
    const found = await this.dataSource
      .createQueryBuilder(entity, 'made')
      .select(`SUBSTR(${made}, 1, INSTR(${made}, '.') - 1)`, 'madeBy')
      .addSelect('COUNT(*)', 'count')
      .where(`${made} IS NOT NULL`)
      .groupBy('madeBy')
      .orderBy('madeBy')
      .getRawMany<{ madeBy: string; count: number | string }>();
    return found.map(({ madeBy, count }) => ({ keyId: madeBy, what, rows: Number(count), vouched }));
  }
}
