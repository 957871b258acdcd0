import { useStage } from '../harness/server/stage';

const MINUTE = 60_000;
const BUDGET = 33;

describe('the SMS of a day', () => {
  const stage = useStage({ environment: { SMS_DAILY_BUDGET: String(BUDGET) } });

  /** Asks for codes by SMS in an open session, and enters each: the refusal, and how many left before it. */
  async function spend(person: Awaited<ReturnType<typeof stage.person>>) {
    const browser = stage.visitor();
    await person.signIn(browser);
    await person.setUpPhone(browser);
    for (let left = person.smsCount(); ; left++) {
      await stage.server.advance(MINUTE);
      await browser.post('/api/session/renew');
      const asked = await browser.post('/api/session/challenge', { channel: 'SMS' });
      if (asked.status !== 202) return { asked, left, browser };
      const entered = await browser.post('/api/session/challenge/code', { code: person.codeInSms() });
      expect(entered.outcome).toBe('200');
    }
  }

  it('are used up by no one person, and then by no one shut out of a structure that prefers them', async () => {
    const structure = await stage.structure();
    await stage.database.execute('UPDATE structure SET mailFirstTimeOnly = 1 WHERE id = ?', [structure]);
    const colleague = await stage.person({ structureId: structure });
    const first = stage.visitor();
    await colleague.signIn(first);
    await colleague.setUpPhone(first);

    const { asked, left } = await spend(await stage.person());
    expect(left).toBe(30);
    expect(asked.outcome).toBe('429 attempts.exceeded');
    expect(asked.body).toMatchObject({ counted: 'account-sms', otherChannels: ['EMAIL'] });

    const next = await spend(await stage.person());
    expect(next.asked.body).toMatchObject({ counted: 'sms-budget', otherChannels: ['EMAIL'] });
    expect(stage.server.lines.join('\n')).toContain('80 % of SMS_DAILY_BUDGET');

    const browser = stage.visitor();
    const began = await colleague.givePassword(browser);
    expect(began.body.challenge).toMatchObject({ channel: 'EMAIL' });
    const again = await browser.post('/api/sign-in/code/resend', { channel: 'SMS' });
    expect(again.body).toMatchObject({ counted: 'sms-budget', otherChannels: ['EMAIL'] });
    const entered = await browser.post('/api/sign-in/code', { code: colleague.codeInMail() });
    expect(entered.outcome).toBe('200');
  }, 120_000);
});
