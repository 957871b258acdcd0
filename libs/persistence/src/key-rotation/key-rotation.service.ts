import { Injectable, Inject } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Keyring } from '@portillon/kernel';
import { DataSource } from 'typeorm';
import type { KeyedColumn } from '../persistence.options';
import { KeyAnnouncementService } from './key-announcement.service';
import { rotationOf, KEYED_COLUMNS } from './key-rotation.policy';
import type { KeyRotation, KeyUse } from './key-rotation.policy';

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

/** Progress of a rotation of the keys. */
@Injectable()
export class KeyRotationService {
  constructor(
    private readonly announcements: KeyAnnouncementService,
    private readonly uses: KeyUseRepository,
    private readonly keyring: Keyring,
  ) {}

  /** Returns the step of the rotation. `here`: name of this process among the running ones. */
  async state(here: string): Promise<KeyRotation> {
    const used = new Set((await this.uses.findAll()).map(({ keyId }) => keyId));
    const running = await this.announcements.running();
    return rotationOf([{ name: here, keyIds: this.keyring.ids }, ...running], used);
  }

  /** Number of values by key, including removed keys. */
  used(): Promise<KeyUse[]> {
    return this.uses.findAll();
  }

  /** Values that this ring cannot read and that no younger key vouches for. */
  async unreadable(): Promise<KeyUse[]> {
    return (await this.uses.findAll()).filter(({ keyId, vouched }) => !vouched && !this.keyring.has(keyId));
  }
}
