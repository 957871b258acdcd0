import { Injectable, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { internal, persistencePart, personal, published, table } from '@portillon/persistence';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import { Column, Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { PERSONAL_DATA_PARTS, PersonalDataRegistry } from './personal-data.registry';

const CLAIRE: DataSubject = {
  id: 'claire',
  username: 'claire.martin',
  email: 'claire@hopital.example',
  nationalId: null,
};
const tx = {} as EntityManager;

@Injectable()
class CouponPolicy {
  readonly keptMs = 60_000;
}

@Entity('coupon')
class CouponEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  holder!: string;
}

@Entity('badge')
class BadgeEntity {
  @PrimaryColumn({ type: 'int' })
  id!: number;
}

class Source implements PersonalDataSource {
  readonly erased: unknown[] = [];

  async export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    return { [this.constructor.name]: id } as Partial<PersonalRecords>;
  }

  async erase(...call: unknown[]): Promise<void> {
    this.erased.push(call);
  }
}
class CouponData extends Source {}
class BadgeData extends Source {}

const ABOUT = { purpose: 'Coupons.', afterRestore: 'kept' } as const;
const coupons = table(CouponEntity, {
  ...ABOUT,
  kept: '{after} after it was spent',
  durations: { after: (providers) => providers.get(CouponPolicy).keptMs },
  stated: { coupons: 'after' },
  columns: [internal('id'), personal('account.name', 'holder')],
});
const badges = table(BadgeEntity, { ...ABOUT, kept: 'for good', columns: [published('id')] });
const part = (one: typeof coupons, personalData: Type<Source> | { none: string }) =>
  persistencePart({ tables: [one], migrations: [], personalData });

async function registryOf(...parts: ReturnType<typeof part>[]) {
  const module = await Test.createTestingModule({
    providers: [
      { provide: PERSONAL_DATA_PARTS, useValue: parts },
      PersonalDataRegistry,
      CouponPolicy,
      CouponData,
      BadgeData,
    ],
  }).compile();
  return { module, registry: module.get(PersonalDataRegistry) };
}

describe('the registry of personal data', () => {
  it('exports and erases with the source of each part that has one', async () => {
    const { module, registry } = await registryOf(part(coupons, CouponData), part(badges, BadgeData));
    expect(await registry.collect(CLAIRE)).toEqual({ CouponData: 'claire', BadgeData: 'claire' });
    await registry.erase(CLAIRE, tx);
    for (const source of [CouponData, BadgeData]) expect(module.get(source).erased).toEqual([[CLAIRE, tx]]);
  });

  it('describes each table with its columns and the durations in force', async () => {
    const { registry } = await registryOf(part(coupons, CouponData), part(badges, { none: 'No person.' }));
    expect(registry.describe()).toMatchObject([
      {
        name: 'coupon',
        durations: { after: 60_000 },
        columns: [
          { name: 'id', type: 'varchar 36', class: 'internal' },
          {
            name: 'holder',
            type: 'varchar 64',
            class: 'personal',
            shownAs: 'account.name',
          },
        ],
      },
      { name: 'badge', columns: [{ name: 'id', type: 'int', class: 'public' }] },
    ]);
    expect(registry.stated()).toEqual([{ of: 'coupons', ms: 60_000 }]);
  });
});
