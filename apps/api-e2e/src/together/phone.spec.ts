import { useSharedStage } from '../harness/server/stage';

describe('setting up SMS under « Mon compte »', () => {
  const stage = useSharedStage();

  async function signedIn() {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    return { claire, browser };
  }

  it('goes from a typed number to the code of the next sign-in by SMS, with mail on demand', async () => {
    const { claire, browser } = await signedIn();
    expect((await browser.get('/api/account')).body).toMatchObject({
      phone: { number: null, status: 'NONE', verifiedAt: null },
      codeChannel: 'EMAIL',
    });

    const typed = await browser.put('/api/account/phone', { phoneNumber: claire.mobileAsTyped });
    expect(typed.body.phone).toMatchObject({ status: 'UNVERIFIED', verifiedAt: null });
    expect(typed.body.phone.number).toMatch(/^06 •• •• •• \d\d$/);

    const { challenge } = (await browser.post('/api/account/phone/verification')).body;
    expect(challenge).toMatchObject({ purpose: 'phone-verification', channel: 'SMS', otherChannels: [] });
    const proved = await browser.post('/api/account/phone/verification/code', { code: claire.codeInSms() });
    expect(proved.body.phone.status).toBe('VERIFIED');
    expect(proved.body.codeChannel).toBe('EMAIL');

    const preferred = await browser.patch('/api/account', { codeChannel: 'SMS' });
    expect(preferred.body.codeChannel).toBe('SMS');
    expect((await browser.get('/api/session')).outcome).toBe('200');

    const next = await claire.givePassword(browser);
    expect(next.body.challenge).toMatchObject({ channel: 'SMS', otherChannels: ['EMAIL'] });
    const bySms = claire.codeInSms();
    const byMail = await browser.post('/api/sign-in/code/resend', { channel: 'EMAIL' });
    expect(byMail.body.challenge).toMatchObject({ channel: 'EMAIL', otherChannels: ['SMS'] });
    expect((await browser.post('/api/sign-in/code', { code: bySms })).outcome).toBe('401 code.rejected');
    expect((await browser.post('/api/sign-in/code', { code: claire.codeInMail() })).outcome).toBe('200');
  });

  it('sends an SMS of one segment whose last line binds the code to our host', async () => {
    const { claire, browser } = await signedIn();
    await claire.setUpPhone(browser);
    await claire.givePassword(stage.visitor());
    const { body, from } = stage.twilio.lastTo(claire.mobile);
    expect(from).toBe('+33937000000');
    expect(body.length).toBeLessThanOrEqual(160);
    expect(body.split('\n').at(-1)).toBe(`@portillon.test #${claire.codeInSms()}`);
    expect(body).toMatch(/^[\n\r @£$¥èéùìòÇØøÅåΔ_ÆæßÉ!"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]+$/);
  });

  it('has Twilio deliver an SMS no later than its code lives, and keep neither code nor number', async () => {
    const { claire, browser } = await signedIn();
    await claire.setUpPhone(browser);
    const { challenge } = (await claire.givePassword(stage.visitor())).body;
    const { form } = stage.twilio.lastTo(claire.mobile);
    const life = (Date.parse(challenge.expiresAt) - Date.parse(challenge.sentAt)) / 1_000;
    expect(Number(form['ValidityPeriod'])).toBeLessThanOrEqual(life);
    expect(Number(form['ValidityPeriod'])).toBeGreaterThan(life - 10);
    expect(form).toMatchObject({
      ContentRetention: 'discard',
      AddressRetention: 'obfuscate',
      MessageIntent: 'otp',
    });
  });

  it('refuses SMS before the number is proved', async () => {
    const { claire, browser } = await signedIn();
    const prefer = () => browser.patch('/api/account', { codeChannel: 'SMS' });
    expect((await prefer()).outcome).toBe('409 channel.unavailable');
    await browser.put('/api/account/phone', { phoneNumber: claire.mobileAsTyped });
    expect((await prefer()).outcome).toBe('409 channel.unavailable');
    expect((await claire.givePassword(stage.visitor())).body.challenge.channel).toBe('EMAIL');
  });

  it('undoes the proof and the preference when the number changes', async () => {
    const { claire, browser } = await signedIn();
    await claire.setUpPhone(browser);
    const other = await stage.person();
    const changed = await browser.put('/api/account/phone', { phoneNumber: other.mobileAsTyped });
    expect(changed.body).toMatchObject({ phone: { status: 'UNVERIFIED' }, codeChannel: 'EMAIL' });
    expect((await claire.givePassword(stage.visitor())).body.challenge).toMatchObject({
      channel: 'EMAIL',
      otherChannels: [],
    });
  });

  it('undoes both when the number is removed', async () => {
    const { claire, browser } = await signedIn();
    await claire.setUpPhone(browser);
    const removed = await browser.delete('/api/account/phone');
    expect(removed.body).toMatchObject({ phone: { status: 'NONE', number: null }, codeChannel: 'EMAIL' });
    expect((await browser.post('/api/account/phone/verification')).outcome).toBe('409 phone.missing');
  });

  it('keeps the proof when the same number is typed again', async () => {
    const { claire, browser } = await signedIn();
    await claire.setUpPhone(browser);
    const again = await browser.put('/api/account/phone', { phoneNumber: claire.mobile });
    expect(again.body).toMatchObject({ phone: { status: 'VERIFIED' }, codeChannel: 'SMS' });
    expect((await browser.post('/api/account/phone/verification')).outcome).toBe(
      '409 phone.already-verified',
    );
  });

  it('does not prove a number with the code sent to the one before', async () => {
    const { claire, browser } = await signedIn();
    const other = await stage.person();
    await browser.put('/api/account/phone', { phoneNumber: other.mobileAsTyped });
    await browser.post('/api/account/phone/verification');
    await browser.put('/api/account/phone', { phoneNumber: claire.mobileAsTyped });
    const answer = await browser.post('/api/account/phone/verification/code', { code: other.codeInSms() });
    expect(answer.status).toBe(401);
    expect((await browser.get('/api/account')).body.phone.status).toBe('UNVERIFIED');
  });

  it('ends the remembered browsers and other sessions, and no more, when a factor changes', async () => {
    const { claire, browser } = await signedIn();
    const elsewhere = stage.visitor();
    await claire.signIn(elsewhere);
    await browser.put('/api/account/phone', { phoneNumber: claire.mobileAsTyped });
    expect((await browser.get('/api/session')).outcome).toBe('200');
    expect((await elsewhere.get('/api/session')).outcome).toBe('401 session.required');
    expect((await claire.givePassword(elsewhere)).body.status).toBe('code-required');
  });

  it.each([
    ['0692 12 34 56', '06 •• •• •• 56'],
    ['+262 692 12 34 57', '06 •• •• •• 57'],
    ['0033612345658', '06 •• •• •• 58'],
    ['07.51.23.45.59', '07 •• •• •• 59'],
  ])('reads %s as people type it', async (phoneNumber, shown) => {
    const { browser } = await signedIn();
    expect((await browser.put('/api/account/phone', { phoneNumber })).body.phone.number).toBe(shown);
  });

  it.each([
    ['01 42 34 56 78', '422 phone.not-mobile'],
    ['09 72 34 56 78', '422 phone.not-mobile'],
    ['+44 7400 123456', '422 phone.country-not-allowed'],
    ['+1 900 555 0123', '422 phone.country-not-allowed'],
    ['06 12', '422 phone.invalid'],
    ['bonjour', '422 phone.invalid'],
    ['06 12 34 56 78 ext. 9', '422 phone.invalid'],
    ['٠٦١٢٣٤٥٦٧٨', '422 phone.invalid'],
    ['+33612345678\n+33699999999', '422 validation.failed'],
  ])('refuses %j', async (phoneNumber, outcome) => {
    const { browser } = await signedIn();
    expect((await browser.put('/api/account/phone', { phoneNumber })).outcome).toBe(outcome);
    expect((await browser.get('/api/account')).body.phone.status).toBe('NONE');
  });
});
