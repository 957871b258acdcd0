import type { TwilioMood } from '@portillon/testing/servers';
import { useStage } from '../harness/server/stage';

const TEN_SECONDS = 10_000;
/** Without a wait for the channel that hangs, also on a machine that stands still for a moment. */
const AT_ONCE = 5_000;

describe('Twilio not taking the message', () => {
  const stage = useStage();

  beforeEach(async () => {
    stage.twilio.mood = 'accept';
    // Past the rest of a circuit that an earlier test opened.
    await stage.server.advance(11_000);
  });

  async function preferringSms() {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await claire.setUpPhone(browser);
    return { claire, browser };
  }

  it.each<[TwilioMood, number]>([
    ['refuse', 1],
    ['too-many', 3],
    ['fail', 3],
  ])('(%s) is told within ten seconds with the other channel, which works at once', async (mood, tries) => {
    const { claire } = await preferringSms();
    const browser = stage.visitor();
    stage.twilio.mood = mood;
    const [attempts, accepted] = [stage.twilio.attempts, claire.smsCount()];
    const failed = await claire.givePassword(browser);
    expect(failed.outcome).toBe('502 delivery.failed');
    expect(failed.milliseconds).toBeLessThan(TEN_SECONDS);
    expect(failed.body.challenge).toMatchObject({ channel: 'SMS', otherChannels: ['EMAIL'] });
    expect(stage.twilio.attempts - attempts).toBeLessThanOrEqual(tries);

    const byMail = await browser.post('/api/sign-in/code/resend', { channel: 'EMAIL' });
    expect(byMail.outcome).toBe('202');
    expect(byMail.milliseconds).toBeLessThan(AT_ONCE);
    expect((await browser.post('/api/sign-in/code', { code: claire.codeInMail() })).outcome).toBe('200');
    expect(claire.smsCount()).toBe(accepted);
  });

  it('and not answering at all: the SMS may have left, and the other channel is there', async () => {
    const { claire } = await preferringSms();
    const browser = stage.visitor();
    stage.twilio.mood = 'hang';
    const attempts = stage.twilio.attempts;
    const asked = await claire.givePassword(browser);
    expect(asked.body.challenge).toMatchObject({ delivery: 'unconfirmed', otherChannels: ['EMAIL'] });
    expect(asked.milliseconds).toBeLessThan(TEN_SECONDS);
    expect(stage.twilio.attempts - attempts).toBe(1);
    await browser.post('/api/sign-in/code/resend', { channel: 'EMAIL' });
    expect((await browser.post('/api/sign-in/code', { code: claire.codeInMail() })).outcome).toBe('200');
  });

  it('keeps a number unproved and says so', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await browser.put('/api/account/phone', { phoneNumber: claire.mobile });
    stage.twilio.mood = 'refuse';
    const failed = await browser.post('/api/account/phone/verification');
    expect(failed.outcome).toBe('502 delivery.failed');
    expect((await browser.get('/api/account')).body.phone.status).toBe('UNVERIFIED');
    stage.twilio.mood = 'accept';
    expect((await browser.post('/api/account/phone/verification')).outcome).toBe('202');
    const proved = await browser.post('/api/account/phone/verification/code', { code: claire.codeInSms() });
    expect(proved.body.phone.status).toBe('VERIFIED');
  });

  it('accepts the code of an unconfirmed message that arrived', async () => {
    const { claire } = await preferringSms();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    const code = claire.codeInSms();
    stage.twilio.mood = 'fail';
    expect((await browser.post('/api/sign-in/code', { code })).outcome).toBe('200');
  });
});

describe('without an SMS provider', () => {
  const none = { TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '', TWILIO_FROM: '', TWILIO_API_URL: '' };
  const stage = useStage({ environment: none });

  it('the service says so, and proves no number', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    expect((await browser.get('/api/service')).body.smsAvailable).toBe(false);
    await claire.signIn(browser);
    await browser.put('/api/account/phone', { phoneNumber: claire.mobile });
    expect((await browser.post('/api/account/phone/verification')).outcome).toBe('409 channel.unavailable');
    expect((await browser.patch('/api/account', { codeChannel: 'SMS' })).outcome).toBe(
      '409 channel.unavailable',
    );
  });
});
