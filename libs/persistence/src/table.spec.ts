import { Column, Entity, PrimaryColumn } from 'typeorm';
import { persistencePart } from './persistence.options';
import { personal, table } from './table';

@Entity('coupon')
class CouponEntity {
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @Column({ type: 'varchar' })
  holderId!: string;
}

const ABOUT = { purpose: 'Coupons.', kept: 'for good', afterRestore: 'kept' } as const;
const holderId = personal('account.username');

describe('a table', () => {
  it('is an entity of its part, with a class for each column', () => {
    const coupon = table(CouponEntity, { ...ABOUT, columns: { id: 'internal', holderId } });
    const part = persistencePart({ tables: [coupon], migrations: [], personalData: { none: 'A test.' } });
    expect(part.entities).toEqual([CouponEntity]);
  });

  // The compiler is the test: `npm run typecheck` fails when a line below it compiles.
  it('does not compile without a class for each column', () => {
    // @ts-expect-error -- holderId has no class
    table(CouponEntity, { ...ABOUT, columns: { id: 'internal' } });
    // @ts-expect-error -- the entity has no such column
    table(CouponEntity, { ...ABOUT, columns: { id: 'internal', holderId, name: 'internal' } });
    // @ts-expect-error -- the page does not show a personal column
    table(CouponEntity, { ...ABOUT, columns: { id: 'internal', holderId: 'personal' } });
    // @ts-expect-error -- an entity alone is no table
    persistencePart({ tables: [CouponEntity], migrations: [], personalData: { none: 'A test.' } });
    expect.assertions(0);
  });
});
