import { Column, Entity, PrimaryColumn } from 'typeorm';
import { PersistencePart, persistencePart } from './persistence.options';
import { internal, personal, table } from './table';

@Entity('coupon')
class CouponEntity {
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @Column({ type: 'varchar' })
  holderId!: string;
}

const ABOUT = { purpose: 'Coupons.', kept: 'for good', afterRestore: 'kept' } as const;
const holder = personal('account.username', 'holderId');

describe('a table', () => {
  it('is an entity of its part, with its columns by their class', () => {
    const coupon = table(CouponEntity, { ...ABOUT, columns: [internal('id'), holder] });
    const part = persistencePart({ tables: [coupon], migrations: [], personalData: { none: 'A test.' } });
    expect(part.entities).toEqual([CouponEntity]);
    expect(part.tables[0]!.columns).toEqual([
      { class: 'internal', names: ['id'] },
      { class: 'personal', names: ['holderId'], shownAs: 'account.username' },
    ]);
  });

  // The compiler is the test: `npm run typecheck` fails when a line below a comment compiles.
  it('does not compile without a class for each column', () => {
    // @ts-expect-error -- holderId has no class
    table(CouponEntity, { ...ABOUT, columns: [internal('id')] });
    // @ts-expect-error -- the entity has no such column
    table(CouponEntity, { ...ABOUT, columns: [internal('id name'), holder] });
    // @ts-expect-error -- no term of the page shows it
    personal('account', 'holderId');
    // @ts-expect-error -- an entity alone is no table
    const tables: PersistencePart['tables'] = [CouponEntity];
    expect(tables).toHaveLength(1);
  });
});
