import { join } from 'node:path';
import { makeCards } from '../driver/cards.mjs';
import { makeProductDatabase } from '../driver/product.mjs';
import { line, round } from '../driver/table.mjs';
import { cardSignIn } from './card-sign-in.mjs';
import { oneTransaction } from './one-transaction.mjs';
import { pscSignIn } from './psc-sign-in.mjs';
import { STORED_BY } from './stored-sign-in.mjs';

/** The two means that ask for no code: the card behind nginx, and Pro Santé Connect. */
export async function otherMeans(ground, plan) {
  const people = plan.cards;
  const cards = makeCards(join(ground.folder, 'cards'), people);
  const stored = await makeProductDatabase('stored', ground, { people });
  const transactionMs = {};
  for (const [means, statements] of Object.entries(STORED_BY))
    transactionMs[means] = await oneTransaction(ground, stored, { ...plan, statements, people });
  const url = await makeProductDatabase('means', ground, { people });
  const given = { cards, url, people, transactionMs };
  const lines = [
    ...Object.entries(transactionMs).map(([means, milliseconds]) =>
      line(`one transaction: what a sign-in by ${means} stores`, {
        ours: '',
        floor: `${round(milliseconds)} ms`,
      }),
    ),
    ...(await cardSignIn(ground, plan, given)),
    ...(await pscSignIn(ground, plan, given)),
  ];
  return { title: 'Card and Pro Santé Connect, MariaDB, durable commits', lines };
}
