import { useStage } from '../harness/server/stage';
import type { Answer } from '../harness/people/answer.types';

describe('the log at its most talkative', () => {
  const stage = useStage({ environment: { LOG_LEVEL: 'trace', LOG_FORMAT: 'json' } });

  it('holds no code, no password, no token, no number and no address, along the whole way', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    const newPassword = 'Grande-Maree-a-Brest-31';
    const answers: Answer[] = [];
    const keep = (answer: Answer) => (answers.push(answer), answer);

    keep(await claire.givePassword(browser, 'wrong-Password-of-Claire-9'));
    keep(await claire.givePassword(browser));
    const codes = [claire.codeInMail()];
    keep(await browser.post('/api/sign-in/code', { code: '000001' }));
    keep(await browser.post('/api/sign-in/code', { code: codes[0] }));
    keep(await browser.put('/api/account/phone', { phoneNumber: claire.mobileAsTyped }));
    keep(await browser.post('/api/account/phone/verification'));
    codes.push(claire.codeInSms());
    keep(await browser.post('/api/account/phone/verification/code', { code: codes[1] }));
    keep(await browser.patch('/api/account', { codeChannel: 'SMS' }));
    keep(await browser.put('/api/account/password', { currentPassword: claire.password, newPassword }));
    claire.password = newPassword;
    keep(await browser.post('/api/session/challenge', { channel: 'EMAIL' }));
    codes.push(claire.codeInMail());
    keep(await browser.post('/api/session/challenge/code', { code: codes[2] }));
    stage.twilio.mood = 'refuse';
    keep(await claire.givePassword(browser));
    stage.twilio.mood = 'accept';
    stage.smtp.mood = 'refuse';
    keep(await browser.post('/api/sign-in/code/resend', { channel: 'EMAIL' }));
    stage.smtp.mood = 'accept';
    keep(await browser.post('/api/sign-in/password', undefined, { raw: `{"password":"${newPassword}"` }));
    keep(await browser.get(`/api/account/activity?cursor=${codes[0]}`));
    keep(await browser.get(`/api/nowhere?code=${codes[0]}&token=${claire.email}`));
    const last = keep(await browser.delete('/api/session'));
    await stage.server.linesOn(last.headers['x-request-id'] as string);

    const secrets = [
      ...codes,
      claire.password,
      newPassword,
      'wrong-Password-of-Claire-9',
      'Trois-Dames-au-Port-2026',
      claire.email,
      claire.username,
      claire.mobile,
      claire.mobile.slice(1),
      claire.mobileAsTyped,
      claire.mobileAsTyped.replaceAll(' ', ''),
      stage.environment['SECRET_KEYS']!.split(':')[1]!,
      stage.environment['TWILIO_AUTH_TOKEN']!,
      ...answers.flatMap(secretsOf),
    ];
    expect(secrets.length).toBeGreaterThan(20);
    // The time of a line may hold any six digits.
    const text = stage.server.lines
      .map((line) => line.replace(/"time":"[^"]+"|"requestId":"[^"]+"/g, ''))
      .join('\n');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('has one line for each answer, with its request id, route, status and time', async () => {
    const visitor = stage.visitor();
    const answers = [
      await visitor.get('/api/service'),
      await visitor.get('/api/session'),
      await visitor.get('/api/nowhere'),
      await visitor.post('/api/sign-in/password', undefined, { raw: '{' }),
      await visitor.delete('/api/account/sessions/01a20e4e-456f-7512-ad13-30b1f69779ef'),
    ];
    for (const { status, headers } of answers) {
      const lines = await stage.server.linesOn(headers['x-request-id'] as string);
      const shape = { status, method: expect.any(String), route: expect.any(String), ms: expect.any(Number) };
      expect(lines).toMatchObject([shape]);
    }
    const answered = stage.server.log.filter((line) => line['msg'] === 'answered');
    expect(answered.every((line) => typeof line['requestId'] === 'string')).toBe(true);
    expect(JSON.stringify(answered)).not.toContain('01a20e4e-456f-7512-ad13-30b1f69779ef');
  });

  it('keeps no line of an outsider’s making: line feeds and colours are no more than text', async () => {
    const before = stage.server.lines.length;
    await stage
      .visitor({ 'user-agent': 'x\u0085{"level":60,"msg":"forged"}' })
      .get('/api/%0a%7b"msg":"forged"%7d');
    const last = await stage
      .visitor()
      .post('/api/sign-in/password', { username: 'x\n{"msg":"forged"}', password: 'x' });
    await stage.server.linesOn(last.headers['x-request-id'] as string);
    const after = stage.server.lines.slice(before);
    expect(after.every((line) => line.startsWith('{"level":'))).toBe(true);
    expect(stage.server.log.filter((line) => line['msg'] === 'forged')).toEqual([]);
  });
});

describe('the log as it is by default', () => {
  const stage = useStage({ environment: { LOG_LEVEL: 'info', TEST_TURN_MS: '250' } });

  it('proves the journal: it contains the head of the sealed entries', async () => {
    const claire = await stage.person();
    await claire.signIn(stage.visitor());
    await stage.server.advance(31_000);
    const head = await stage.server.lineThat(({ msg }) => /^journal sealed up to /.test(String(msg)));
    const [sealed] = await stage.database.rows<{ sequence: number; digest: string }>(
      'SELECT sequence, digest FROM auditSeal ORDER BY sequence LIMIT 1',
    );
    expect(head).toMatchObject({
      level: 30,
      component: expect.any(String),
      instance: expect.stringContaining(`:${stage.server.port}`),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      msg: `journal sealed up to ${sealed!.sequence}:${sealed!.digest}`,
    });
  });

  it('says of each answer which part and which instance gave it', async () => {
    const { headers } = await stage.visitor().get('/api/service');
    const [line] = await stage.server.linesOn(headers['x-request-id'] as string);
    expect(line).toMatchObject({ component: 'http', instance: expect.stringContaining(':') });
  });

  it('gives the request’s id on each line that a part of the service writes for it', async () => {
    const claire = await stage.person();
    stage.smtp.mood = 'refuse';
    const answer = await claire.givePassword(stage.visitor());
    stage.smtp.mood = 'accept';
    const requestId = answer.headers['x-request-id'];
    const line = await stage.server.lineThat(
      (one) => one['requestId'] === requestId && one['component'] !== 'http',
    );
    expect(line).toMatchObject({ level: 40, component: expect.any(String) });
  });

  it('does not list the routes at each start', () =>
    expect(stage.server.log.filter(({ component }) => component === 'RouterExplorer')).toEqual([]));
});

/** The secret halves of every cookie that was set. */
function secretsOf({ cookies }: Answer): string[] {
  return cookies
    .map((one) => one.split(';')[0]!.split('=').slice(1).join('='))
    .flatMap((value) => value.split('~'))
    .map((token) => token.split('.')[1] ?? '')
    .filter((secret) => secret !== '');
}
