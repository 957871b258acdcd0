import { join } from 'node:path';
import { makeCards } from '../driver/cards.mjs';
import { makeProductDatabase } from '../driver/product.mjs';
import { makeFloorDatabase } from '../driver/side.mjs';
import { line, round } from '../driver/table.mjs';
import { cardSignIn } from './card-sign-in.mjs';
import { oneTransaction } from './one-transaction.mjs';
import { pscSignIn } from './psc-sign-in.mjs';

/** The two means that ask for no code: the card behind nginx, and Pro Santé Connect. */
export async function otherMeans(ground, plan) {
  const people = plan.cards;
  const cards = makeCards(join(ground.folder, 'cards'), people);
  const floorUrl = await makeFloorDatabase('floor_means', ground, { people: 1 });
  const url = await makeProductDatabase('means', ground, { people });
  const transactionMs = await oneTransaction(ground, floorUrl, plan);
  const given = { cards, url, people, transactionMs };
  const lines = [
    line('one transaction, three statements', { ours: '', floor: `${round(transactionMs)} ms` }),
    ...(await cardSignIn(ground, plan, given)),
    ...(await pscSignIn(ground, plan, given)),
  ];
  return { title: 'Card and Pro Santé Connect, MariaDB, durable commits', lines };
}
