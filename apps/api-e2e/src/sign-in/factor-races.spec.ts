import type { Person } from '../harness/people/person';
import { Stage, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

/** Before codes were tied to their number, half of 150 such pairs made the wrong number « Validé ». */
const ROUNDS = 12;

describe('a code proves the address it was sent to, during a change', () => {
  const stage = useStage({ engine: 'MariaDB' });

  it('a number', () => provesNoOtherNumber(stage, (browser) => browser.copy()));
  it('a mail address', () => provesNoOtherAddress(stage, (browser) => browser.copy()));

  describe('on two servers', () => {
    let url: string;

    beforeAll(async () => {
      url = (await stage.anotherServer()).url;
    }, 30_000);

    it('a number', () => provesNoOtherNumber(stage, (browser) => browser.through(url)));
    it('a mail address', () => provesNoOtherAddress(stage, (browser) => browser.through(url)));
  });
});

/** The number changes while a code for the one before is on its way; that code is then given for the new one. */
async function provesNoOtherNumber(stage: Stage, elsewhere: (browser: Visitor) => Visitor): Promise<void> {
  const read = await stage.person();
  for (let round = 0; round < ROUNDS; round++) {
    const { person, browser } = await stage.signedIn();
    if (masked(person.mobile) === masked(read.mobile)) continue;
    const other = elsewhere(browser);
    const texts = stage.twilio.messages.length;
    await browser.put('/api/account/phone', { phoneNumber: read.mobile });
    await Promise.all([
      other.put('/api/account/phone', { phoneNumber: person.mobile }),
      browser.post('/api/account/phone/verification'),
    ]);
    if (!stage.twilio.messages.slice(texts).some(({ to }) => to === read.mobile)) continue;
    await browser.post('/api/account/phone/verification/code', { code: read.codeInSms() });
    // A code for the number that is not the account's any more, or the number that it was sent to.
    const { phone } = (await browser.get('/api/account')).body;
    if (phone.status === 'VERIFIED') expect(phone.number).toBe(masked(read.mobile));
  }
}

/** Two addresses are wanted at once; the code that came to one is given, whichever was asked for last. */
async function provesNoOtherAddress(stage: Stage, elsewhere: (browser: Visitor) => Visitor): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { person, browser } = await stage.signedIn();
    const [read, other] = [`read.${person.email}`, `other.${person.email}`];
    await Promise.all([
      browser.put('/api/account/email', { email: read }),
      elsewhere(browser).put('/api/account/email', { email: other }),
    ]);
    if (!stage.smtp.mails.some(({ to }) => JSON.stringify(to).includes(read))) continue;
    await browser.post('/api/account/email/code', { code: codeTo(stage, read) });
    expect([person.email, read]).toContain(await emailOf(stage, person));
  }
}

/** As « Mon compte » shows it. */
function masked(mobile: string): string {
  return `06 •• •• •• ${mobile.slice(-2)}`;
}

function codeTo(stage: Stage, address: string): string {
  return /^ {4}(\d{6})$/m.exec(stage.smtp.lastTo(address).text!)![1]!;
}

async function emailOf(stage: Stage, person: Person): Promise<string> {
  const sql = 'SELECT email FROM account WHERE id = ?';
  return (await stage.database.row<{ email: string }>(sql, [person.id]))!.email;
}
