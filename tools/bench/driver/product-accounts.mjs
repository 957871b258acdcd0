import { structureId } from './product-journal.mjs';

const AT_ONCE = 50_000;
const STRUCTURES = 200;
const FIRST = [
  'claire',
  'paul',
  'nadia',
  'jean',
  'marie',
  'zoe',
  'luc',
  'ines',
  'hugo',
  'lea',
  'omar',
  'eva',
];
const LAST = [
  'martin',
  'durand',
  'benali',
  'petit',
  'moreau',
  'roux',
  'leroy',
  'girard',
  'mercier',
  'garnier',
  'faure',
];

/**
 * Spreads the people of `side` over structures, the first of which has a fifth of them, and gives them names as people
 * have: a dozen first names, eleven last names, so that a short beginning is met by tens of thousands.
 */
export async function spreadAccounts(side, people) {
  const { mariadb } = side.ground;
  const schema = new URL(side.url).pathname.slice(1);
  await mariadb.query(`INSERT INTO ${schema}.structure (id, name, nameKey, createdAt)
    SELECT CONCAT('018f0000-0000-7000-9000-', LPAD(seq, 12, '0')), CONCAT('Structure ', seq), CONCAT('structure ', seq), NOW(3)
    FROM ${schema}.seq_0_to_${STRUCTURES - 1}`);
  const number = 'CONV(SUBSTR(id, 25), 16, 10)';
  const name = `CONCAT(ELT(1 + ${number} MOD ${FIRST.length}, ${texts(FIRST)}), ' ', ELT(1 + ${number} MOD ${LAST.length}, ${texts(LAST)}), ' ', ${number})`;
  const structure = `IF(${number} MOD 5 = 0, '${structureId(0)}', CONCAT('018f0000-0000-7000-9000-', LPAD(${number} MOD ${STRUCTURES}, 12, '0')))`;
  await mariadb.query(`UPDATE ${schema}.account SET displayName = ${name}, displayNameKey = ${name}, structureId = ${structure},
    status = IF(${number} MOD 400 = 399, 'DEACTIVATED', status)`);
  for (const term of ['usernameKey', 'emailKey', 'nationalId', ...[1, 2, 3].map(wordOf)])
    for (let from = 0; from < people; from += AT_ONCE)
      await mariadb.query(`INSERT IGNORE INTO ${schema}.accountTerm (accountId, term, structureId)
        SELECT id, ${term}, structureId FROM ${schema}.account
        WHERE ${term} IS NOT NULL AND ${number} BETWEEN ${from} AND ${from + AT_ONCE - 1}`);
  await mariadb.query(`ANALYZE TABLE ${schema}.account, ${schema}.accountTerm`);
}

function wordOf(place) {
  return `SUBSTRING_INDEX(SUBSTRING_INDEX(displayNameKey, ' ', ${place}), ' ', -1)`;
}

function texts(words) {
  return words.map((word) => `'${word}'`).join(', ');
}
