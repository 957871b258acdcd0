import type { SmtpMood } from '@portillon/testing/servers';
import type { Answer } from '../harness/people/answer.types';
import { readinessOnce } from '../harness/server/readiness';
import { useStage } from '../harness/server/stage';

const TEN_SECONDS = 10_000;
/** Without a wait for the channel that hangs, also on a machine that stands still for a moment. */
const AT_ONCE = 5_000;
/** Failures of a mail relay. */
const MOODS: SmtpMood[] = ['refuse', 'refuse-for-now'];
/** More than the codes that one address may have in ten minutes. */
const MORE_THAN_ALLOWED = 6;

describe('a mail relay that refuses the message', () => {
  const stage = useStage();

  beforeEach(async () => {
    stage.smtp.mood = 'accept';
    // Past the rest of a circuit that an earlier test opened.
    await stage.server.advance(11_000);
  });

  it.each(MOODS)(
    '(%s) is reported within ten seconds, nothing is sent twice, and another try works',
    async (mood) => {
      const claire = await stage.person();
      const browser = stage.visitor();
      stage.smtp.mood = mood;
      const attempts = () => stage.smtp.attemptsTo(claire.email);
      const failed = await claire.givePassword(browser);
      expect(failed.outcome).toBe('502 delivery.failed');
      expect(failed.milliseconds).toBeLessThan(TEN_SECONDS);
      expect(failed.body.challenge).toMatchObject({ channel: 'EMAIL', otherChannels: [] });
      expect(attempts()).toBeLessThanOrEqual(mood === 'refuse-for-now' ? 3 : 1);
      expect(claire.mailCount()).toBe(0);

      stage.smtp.mood = 'accept';
      await stage.server.advance(11_000);
      const again = await browser.post('/api/sign-in/code/resend', {});
      expect(again.outcome).toBe('202');
      expect(claire.mailCount()).toBe(1);
      expect((await browser.post('/api/sign-in/code', { code: claire.codeInMail() })).outcome).toBe('200');
    },
  );

  it.each(['take-in-silence', 'cut'] as const)(
    '(%s) and does not say so: the message may have left, nothing is sent twice, and its code is good',
    async (mood) => {
      const claire = await stage.person();
      const browser = stage.visitor();
      stage.smtp.mood = mood;
      const asked = await claire.givePassword(browser);
      expect(asked.outcome).toBe('200');
      expect(asked.milliseconds).toBeLessThan(TEN_SECONDS);
      expect(asked.body).toMatchObject({ status: 'code-required', challenge: { delivery: 'unconfirmed' } });
      expect(stage.smtp.attemptsTo(claire.email)).toBe(1);

      stage.smtp.mood = 'accept';
      if (mood === 'cut') {
        await stage.server.advance(31_000);
        const again = await browser.post('/api/sign-in/code/resend', {});
        expect(again.body).toMatchObject({ challenge: { delivery: 'sent' } });
      }
      expect((await browser.post('/api/sign-in/code', { code: claire.codeInMail() })).outcome).toBe('200');
    },
  );

  it('uses up no limit: once it is back, a person who tried too often gets a code', async () => {
    const claire = await stage.person();
    stage.smtp.mood = 'refuse';
    for (let time = 0; time < MORE_THAN_ALLOWED; time++)
      expect((await claire.givePassword(stage.visitor())).outcome).toBe('502 delivery.failed');
    stage.smtp.mood = 'accept';
    expect((await claire.signIn(stage.visitor())).outcome).toBe('200');
  });

  it('keeps the person at the code step: another code may be asked for at once', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    stage.smtp.mood = 'refuse';
    const { challenge } = (await claire.givePassword(browser)).body;
    expect(Date.parse(challenge.resendAvailableAt)).toBeLessThanOrEqual(
      Date.parse(challenge.sentAt) + 10_000,
    );
    expect(browser.cookies.has('portillon_sign_in')).toBe(true);
  });

  it('does not affect a user who prefers SMS', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await claire.setUpPhone(browser);
    stage.smtp.mood = 'refuse';
    expect((await claire.signIn(stage.visitor())).outcome).toBe('200');
  });

  it('does not affect users who need no code', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    stage.smtp.mood = 'hang';
    const answer = await claire.givePassword(browser);
    expect(answer.body.status).toBe('signed-in');
    expect(answer.milliseconds).toBeLessThan(AT_ONCE);
  });

  it('shows in the readiness by name', async () => {
    stage.smtp.mood = 'accept';
    const isUp = ({ body }: Answer) => body.checks.mail.status === 'up';
    const { body } = await readinessOnce(stage.visitor(), isUp);
    expect(body.checks.database.status).toBe('up');
  });

  it('shows in the state of the service, with the last sent mail and the relay that accepted it', async () => {
    const { browser } = await stage.signedIn({ role: 'national-admin' });
    const { outcome, body } = await browser.get('/api/admin/service');
    expect([outcome, body.mail.state, body.database.state]).toEqual(['200', 'well', 'well']);
    const { lastSent, providers } = body.mail;
    expect(providers).toEqual([{ name: lastSent.provider, up: true, passedOver: false }]);
    expect(Date.parse(lastSent.handedOverAt)).toBeGreaterThanOrEqual(Date.parse(lastSent.askedAt));
    expect(body.outbox.lanes.map(({ lane }: { lane: string }) => lane)).toEqual(['later', 'bulk']);
    expect(body.proSanteConnect).toEqual({ state: 'off' });
  });
});

describe('a mail relay that is not there', () => {
  const stage = useStage({ environment: { SMTP_URL: 'smtp://127.0.0.1:1' } });

  it('is reported within ten seconds, and is named by the readiness without making the service unready', async () => {
    const claire = await stage.person();
    const failed = await claire.givePassword(stage.visitor());
    expect(failed.outcome).toBe('502 delivery.failed');
    expect(failed.milliseconds).toBeLessThan(TEN_SECONDS);
    const isDown = ({ body }: Answer) => body.checks.mail.status === 'down';
    expect((await readinessOnce(stage.visitor(), isDown)).status).toBe(200);
  });
});
