import { createConnection } from 'mysql2/promise';
import { person } from '../driver/people.mjs';
import { spreadAccounts } from '../driver/product-accounts.mjs';
import { structureId } from '../driver/product-journal.mjs';
import { accountId } from '../driver/product-people.mjs';
import { makeProductDatabase, startProduct } from '../driver/product.mjs';
import { firstRows } from './first-rows.mjs';

/** The administration's lists and searches, each against one primary-key SELECT of the same run. */
export async function accounts(ground, plan) {
  const people = plan.grown;
  const url = await makeProductDatabase('accounts', ground, { people });
  const side = await startProduct('accounts', ground, { url, people });
  await spreadAccounts(side, people);
  const select = await accountSelect(side, people);
  const lines = await firstRows(side, pages(), select.once);
  await select.end();
  await side.server.stop();
  const title = `${people.toLocaleString('en')} accounts (ours: first rows, p50; floor: one primary-key SELECT)`;
  return { title, lines };
}

function pages() {
  const own = `structure=${structureId(7)}`;
  const { username, email } = person(4_321);
  return [
    ['accounts, no filter', '/accounts'],
    ['  closed ones', '/accounts?status=DEACTIVATED'],
    ['  invited ones, of whom there are none', '/accounts?status=INVITED'],
    ['  of a structure', `/accounts?${own}`],
    ['  of a structure, closed ones', `/accounts?${own}&status=DEACTIVATED`],
    ['  of the own structure, its administrator', '/accounts', 'structure'],
    ['search: one letter', '/accounts?q=m'],
    ['  a last name', '/accounts?q=martin'],
    ['  first and last name', '/accounts?q=claire+mar'],
    ['  two names that nobody has together', '/accounts?q=claire+zzz'],
    ['  a user name', `/accounts?q=${username}`],
    ['  a mail address', `/accounts?q=${encodeURIComponent(email)}`],
    ['  a national id', '/accounts?q=8997'],
    ['  nobody', '/accounts?q=xylophone'],
    ['  one letter, closed ones', '/accounts?q=m&status=DEACTIVATED'],
    ['  one letter, invited ones, of whom there are none', '/accounts?q=m&status=INVITED'],
    ['  one letter, a structure', `/accounts?q=m&${own}`],
    ['  a last name, the own structure', '/accounts?q=martin', 'structure'],
    ['an account', `/accounts/${accountId(42)}`],
    ['structures', '/structures'],
  ];
}

/** One SELECT of an account by its id, prepared, on a connection of its own. */
async function accountSelect(side, people) {
  const connection = await createConnection(side.url);
  let next = 0;
  const sql = 'SELECT id, username, email, displayName, status, version FROM account WHERE id = ?';
  const once = () => connection.execute(sql, [accountId((next++ * 97) % people)]);
  return { once, end: () => connection.end() };
}
