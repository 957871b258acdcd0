import { schemaFaults } from './schema.policy';

const column = (table: string, name: string) => ({ table, name, isNullable: false, length: 36 });
const index = (table: string) => ({ table, name: 'signInOfAccount', columns: 'accountId', isUnique: false });

describe('tables on a server that writes their names in small letters', () => {
  const expected = { columns: [column('signIn', 'accountId')], indexes: [index('signIn')] };

  it('are those that the code expects', () => {
    const columns = [{ ...column('signin', 'accountId'), isRequired: true, collation: 'utf8mb4_bin' }];
    expect(schemaFaults(expected, { columns, indexes: [index('signin')] })).toEqual([]);
  });

  it('are named as in the code when one lacks something', () =>
    expect(schemaFaults(expected, { columns: [], indexes: [] })).toEqual([
      'column signIn.accountId is missing',
      'index signIn.signInOfAccount (accountId) is missing',
    ]));
});
