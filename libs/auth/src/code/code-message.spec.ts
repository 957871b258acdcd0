import { isGsm7, MailMessage, SmsMessage, segments } from '@portillon/notification';
import { authPurposes } from '../auth.purposes';
import { codeMessage, CodeMessageInput } from './code-message';

const input: CodeMessageInput = {
  channel: 'SMS',
  to: '+33639981242',
  locale: 'fr',
  texts: authPurposes['sign-in'].texts.fr,
  code: '048291',
  reference: 'K7QX',
  sentAt: new Date('2026-07-14T15:39:00.000Z'),
  expiresAt: new Date('2026-07-14T15:49:00.000Z'),
  serviceName: 'Portillon',
  host: 'portillon.orientation-sante.example',
};
const sms = (changes: Partial<CodeMessageInput> = {}) =>
  (codeMessage({ ...input, ...changes }) as SmsMessage).text;
const mail = (changes: Partial<CodeMessageInput> = {}) =>
  codeMessage({ ...input, channel: 'EMAIL', to: 'claire@hopital.example', ...changes }) as MailMessage;

it('the mail with a code has the name and the colour of the person’s structure', () => {
  const face = { organisation: 'CHU Nord', accent: '#b50000' };
  expect(mail(face).body).toMatchObject(face);
});

describe('the SMS with a code', () => {
  const longest = { ...authPurposes.session.texts.fr, sms: 'code '.repeat(6) };
  const everyCase = (['fr', 'en'] as const).flatMap((locale) => [
    { purpose: 'a sign-in', locale, texts: authPurposes['sign-in'].texts[locale] },
    { purpose: 'a session', locale, texts: authPurposes.session.texts[locale] },
    { purpose: 'whatever takes 30 characters to say', locale, texts: longest },
  ]);

  it.each(everyCase)('fits one segment of GSM-7 for $purpose in $locale', ({ locale, texts }) => {
    expect(isGsm7(sms({ locale, texts }))).toBe(true);
    expect(segments(sms({ locale, texts }))).toBe(1);
  });

  it('says what the code is for, how long it holds, never to give it, and when it was sent', () => {
    expect(sms()).toBe(
      'Votre code de connexion : 048291. Valable 10 min. Ne le communiquez à personne. Envoi 17:39, ref. K7QX\n' +
        '@portillon.orientation-sante.example #048291',
    );
  });

  it('goes to the number as an SMS, and fills a segment to its last character', () => {
    expect(codeMessage(input)).toMatchObject({ channel: 'SMS', to: '+33639981242' });
    const host = 'x'.repeat(input.host.length + 160 - sms().length);
    expect(sms({ host })).toHaveLength(160);
    expect(sms({ host })).toContain('Envoi 17:39');
    expect(sms({ host: `${host}x` })).not.toContain('Envoi');
  });

  it('ends with the line by which phones fill the code in, on this host alone', () => {
    expect(sms().split('\n').at(-1)).toBe('@portillon.orientation-sante.example #048291');
  });

  it('gives the time up, then the reference, before it gives the segment up', () => {
    const [timeless, long, longer] = [
      sms({ host: `${'long-'.repeat(8)}long.example` }),
      sms({ host: `${'long-'.repeat(11)}.example` }),
      sms({ host: `${'long-'.repeat(40)}.example` }),
    ];
    expect(timeless).toContain('personne. Ref. K7QX\n@long-');
    expect(long).not.toContain('ef. K7QX');
    expect(long).toContain('\n@long-');
    expect(longer).not.toContain('@');
    expect([timeless, long, longer].map(segments)).toEqual([1, 1, 1]);
  });
});

describe('the mail with a code', () => {
  it('says when it was sent, by the clock of Paris, in summer too', () => {
    const details = mail().body.details!.map(({ value }) => value);
    expect(details).toEqual(['10 minutes', '14 juillet 2026 à 17:39 (heure de Paris)', 'K7QX']);
  });

  it('has the code, and what it opens, in its text', () => {
    const { channel, body } = mail();
    expect([channel, body.highlight?.value]).toEqual(['EMAIL', '048291']);
    expect(body.paragraphs.join(' ')).toContain('Portillon');
  });

  it('keeps the code out of its subject, which a locked screen shows', () => {
    expect(mail().subject).toBe('Portillon – votre code de connexion (K7QX)');
    expect(mail().subject).not.toContain('048291');
  });

  it('says what to do where its reader asked for nothing, in the words of what it is for', () => {
    const texts = { ...input.texts, notYou: 'Prévenez la pharmacie.' };
    expect(mail({ texts }).body.closing[1]).toBe('Prévenez la pharmacie.');
  });

  it('comes in English to a person who prefers it', () => {
    expect(mail({ locale: 'en' }).body.closing[0]).toBe(
      'Never give this code to anyone: no agent will ask you for it, by phone or by mail.',
    );
  });
});
