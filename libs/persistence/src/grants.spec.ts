import { Column, Entity, PrimaryColumn } from 'typeorm';
import { grantStatements, quoted } from './grants';
import type { PersistencePart } from './persistence.options';

@Entity('coupon')
class CouponEntity {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('datetime')
  usedAt!: Date;
}

@Entity()
class UnnamedEntity {
  @PrimaryColumn('varchar')
  id!: string;
}

const REQUEST = {
  database: 'agenda',
  serving: { name: 'agenda', host: '10.%' },
  migrating: { name: 'agenda-ddl', host: 'localhost' },
};

function servedBy(part: Partial<PersistencePart>): string[] {
  const parts = [{ entities: [CouponEntity], migrations: [], ...part }];
  return grantStatements(parts, REQUEST).serving;
}

describe('the rights of two accounts', () => {
  it('are to read and write the rows of each table, and to read which migrations ran', () => {
    expect(servedBy({})).toEqual([
      "GRANT SELECT, INSERT, UPDATE, DELETE ON `agenda`.`coupon` TO 'agenda'@'10.%';",
      "GRANT SELECT ON `agenda`.`schemaMigration` TO 'agenda'@'10.%';",
    ]);
  });

  it('are fewer where a part says so, down to a column', () => {
    const restricted = [{ entity: CouponEntity, rights: ['SELECT'], changes: ['usedAt'] }] as const;
    expect(servedBy({ restricted: [...restricted] })[0]).toBe(
      "GRANT SELECT, UPDATE (`usedAt`) ON `agenda`.`coupon` TO 'agenda'@'10.%';",
    );
  });

  it('to change tables are of this database, and of no other that its name would fit as a pattern', () => {
    const { migrating } = grantStatements([], { ...REQUEST, database: 'agenda_1' });
    expect(migrating).toEqual([
      "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `agenda\\_1`.* TO 'agenda-ddl'@'localhost';",
    ]);
  });

  it('are not made for a table without a name', () => {
    expect(() => servedBy({ entities: [UnnamedEntity] })).toThrow('UnnamedEntity names no table');
  });

  it('are of the account alone that is named, whatever its name holds', () => {
    expect(quoted({ name: "o'brien\\", host: '%' })).toBe("'o''brien\\\\'@'%'");
  });
});
