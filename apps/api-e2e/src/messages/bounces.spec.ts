import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../harness/server/eventually';
import type { Person } from '../harness/people/person';
import { describeWithPostfix, Postfix } from '../harness/services/postfix';
import { useStage } from '../harness/server/stage';

const ROOT = join(__dirname, '../../../..');
/** Sysexits of `portillon bounce`, for Postfix. */
const [OK, GIVEN_UP, TRIED_AGAIN] = [0, 65, 75];
const REPORT = readFileSync(join(ROOT, 'libs/notification/src/testing/reports/unknown-mailbox.eml'), 'utf8');
const TOO_LARGE = 1024 * 1024 + 1;

describe('a mail that comes back', () => {
  const stage = useStage({ environment: { MAIL_BOUNCE: 'bounces@portillon.test' } });

  /** Asks for a code, which the relay takes: the mail's envelope and text. */
  const codeTo = async (person: Person) => {
    expect((await person.givePassword(stage.visitor())).outcome).toBe('200');
    return { from: stage.smtp.senders.at(-1)!, to: person.email, source: stage.smtp.sources.at(-1)! };
  };
  const returned = ({ from, to }: { from: string; to: string }) =>
    REPORT.replaceAll('bounces+0198abcd.deadbeef@portillon.test', from).replaceAll(
      'personne@hopital.test',
      to,
    );
  const bounce = (text: string, environment = {}) => stage.command(['bounce'], text, environment);
  const seenBy = async (administrator: Awaited<ReturnType<typeof stage.signedIn>>, person: Person) =>
    (await administrator.browser.get(`/api/admin/accounts/${person.id}`)).body.emailUnreachableSince;

  it('marks the address for the administrator and the person, until a code from there is accepted', async () => {
    const nadia = await stage.signedIn({ role: 'structure-admin' });
    const claire = await stage.signedIn();
    const mail = await codeTo(claire.person);
    expect(await bounce(returned(mail))).toMatchObject({
      code: OK,
      output: expect.stringContaining('5.1.1'),
    });
    const since = await seenBy(nadia, claire.person);
    expect(since).toMatch(/^\d{4}-/);
    expect((await claire.browser.get('/api/account')).body.emailUnreachableSince).toBe(since);
    const events = (await nadia.browser.get(`/api/admin/events?account=${claire.person.id}`)).body.items;
    expect(events).toContainEqual(
      expect.objectContaining({ name: 'mail_address_unreachable', data: { mailStatus: '5.1.1' } }),
    );

    await claire.person.signIn(stage.visitor());
    expect(await seenBy(nadia, claire.person)).toBeNull();
  });

  it('is dropped by Postfix when it is refused or too large, and retried after a temporary fault', async () => {
    const mail = await codeTo(await stage.person());
    const forged = returned({ ...mail, from: mail.from.replace(/\.[0-9a-f]{20}@/, `.${'0'.repeat(20)}@`) });
    expect((await bounce(forged)).code).toBe(GIVEN_UP);
    expect((await bounce('x'.repeat(TOO_LARGE))).code).toBe(GIVEN_UP);
    expect((await bounce(returned(mail), { SECRET_KEYS: '' })).code).toBe(TRIED_AGAIN);
  });

  describeWithPostfix('through Postfix', () => {
    const postfix = new Postfix();
    const guide = readFileSync(join(ROOT, 'docs/guide/mail.md'), 'utf8');
    const linesFor = (file: string) => new RegExp(`# ${file}[^\n]*\n([^\`]+)\`\`\``).exec(guide)![1]!;

    beforeAll(() => {
      const lines = { main: linesFor('/etc/postfix/main.cf'), master: linesFor('/etc/postfix/master.cf') };
      const of = (text: string) => text.replaceAll('portillon.example', 'portillon.test');
      postfix.start('hopital.example', { main: of(lines.main), master: of(lines.master) }, stage.environment);
    });
    afterAll(() => postfix.stop());

    it('set up by the guide, marks the address of a mailbox that does not exist', async () => {
      const nadia = await stage.signedIn({ role: 'structure-admin' });
      const claire = await stage.person();
      postfix.send(await codeTo(claire));
      await eventually(`the mark of ${claire.email}`, async () => (await seenBy(nadia, claire)) !== null);
      await eventually('its end', () => /relay=portillon, .*status=sent/.test(postfix.log));
    });
  });
});
