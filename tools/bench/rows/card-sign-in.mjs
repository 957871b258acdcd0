import { machine } from '../../checks/machine.mjs';
import { AT_THE_CARD, putNginxBefore, sendWithCard, takeNginxAway } from '../driver/cards.mjs';
import { cookiesOf, HttpConnection, requestBytes } from '../driver/http-connection.mjs';
import { startProduct } from '../driver/product.mjs';
import { startFloor } from '../driver/side.mjs';
import { expectStatus } from '../driver/sign-in-client.mjs';
import { line } from '../driver/table.mjs';
import { againstFloorAndTransaction } from './one-transaction.mjs';

const PRESENT = requestBytes('POST', '/api/sign-in/cpx', AT_THE_CARD, {});

/** A card presented to nginx in a handshake of its own, and the ticket's way to a session at the pages' origin. */
export async function cardSignIn(ground, plan, { cards, url, people, transactionMs }) {
  if (!machine.nginx)
    return [line('card sign-in: nginx is not here (apt-get install nginx-light)', { ours: '' })];
  const ours = await startProduct('card', ground, { url, people, env: cards.settings });
  const floor = await startFloor('card', ground, { people, env: { TRUST_FILE: cards.trustFile } });
  for (const side of [ours, floor]) await putNginxBefore(side, cards);
  const acts = new Map([
    [ours, await ticketsOf(ours, cards)],
    [floor, (person) => present(floor, cards, person, 'signed-in')],
  ]);
  const lines = await againstFloorAndTransaction('card sign-in behind nginx', [ours, floor], acts, {
    ...plan,
    transactionMs: transactionMs.card,
  });
  for (const side of [ours, floor]) {
    await takeNginxAway(side);
    await side.server.stop();
  }
  return lines;
}

/** Both steps; the second goes to the server itself, as in the other rows. */
async function ticketsOf(side, cards) {
  const connections = await Promise.all(Array.from({ length: 8 }, () => HttpConnection.open(side.port)));
  return async (person, slot) => {
    const shown = await present(side, cards, person, 'ticket');
    const headers = { cookie: cookiesOf(shown.head), 'x-forwarded-for': person.address };
    const { ticket } = JSON.parse(shown.body);
    const answer = await connections[slot].send(
      requestBytes('POST', '/api/sign-in/ticket', headers, { ticket }),
    );
    expectStatus(answer, 200, 'signed-in');
  };
}

async function present(side, cards, { index }, awaited) {
  const answer = await sendWithCard(side, cards.ofPeople[index], PRESENT);
  expectStatus(answer, 200, awaited);
  return answer;
}
