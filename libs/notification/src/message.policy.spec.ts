import { AppError } from '@portillon/kernel';
import { outgoingChannel } from './channels/channels';
import type { MailMessage, Message } from './message.types';
import { mail, sms } from './testing/messages';

const assertSendable = (message: Message) => outgoingChannel(message.channel).assertSendable(message);
const to = (address: string): MailMessage => mail({ to: address });

describe('a message', () => {
  it.each(['claire.martin@hopital.example', "o'neil+gate@hopital.example", 'renée@hôpital.example', 'a@b'])(
    'goes to %s',
    (address) => {
      expect(() => assertSendable(to(address))).not.toThrow();
    },
  );

  it.each([
    ['a header', 'claire@hopital.example\r\nBcc: thief@evil.example'],
    ['a bare line feed', 'claire@hopital.example\n'],
    ['a bare carriage return', 'claire@hopital.example\r'],
    ['a line separator', 'claire@hopital.example\u2028x'],
    ['a NUL', 'claire\0@hopital.example'],
    ['a zero-width space', 'claire\u200b@hopital.example'],
    ['two addresses', 'claire@hopital.example,thief@evil.example'],
    ['a list', 'claire@hopital.example;thief@evil.example'],
    ['a name', 'Claire <claire@hopital.example>'],
    ['a group', 'all:thief@evil.example'],
    ['a quoted local part', '"a b"@hopital.example'],
    ['two at signs', 'thief@evil.example@hopital.example'],
    ['an SMTP parameter', 'claire@hopital.example> SIZE=1'],
    ['nothing', ''],
    ['no domain', 'claire@'],
    ['an endless address', `${'a'.repeat(250)}@b.example`],
  ])('is refused with %s in its address', (_, address) => {
    expect(() => assertSendable(to(address))).toThrow(AppError);
  });

  it.each(['+33612345678', '+262692123456'])('goes to the number %s', (number) => {
    expect(() => assertSendable(sms({ to: number }))).not.toThrow();
  });

  it.each([
    '0612345678',
    '+33 6 12 34 56 78',
    '+٣٣٦١٢٣٤٥٦٧٨',
    '+0612345678',
    '+336',
    '+33612345678\n',
    'Portillon',
  ])('is refused with the number %j', (number) => {
    expect(() => assertSendable(sms({ to: number }))).toThrow('E.164');
  });

  it('is refused when an SMS would be cut in two or lose letters', () => {
    expect(() => assertSendable(sms({ text: 'a'.repeat(161) }))).toThrow('longer than one segment');
    expect(() => assertSendable(sms({ text: 'Reçu' }))).toThrow('GSM');
  });

  it.each(['fr', 'en', 'pt-BR', 'zh-Hant-TW'])('is written in %s', (locale) => {
    expect(() => assertSendable(mail({ locale }))).not.toThrow();
  });

  it.each([
    '',
    'français',
    'fr\r\nBcc: thief@evil.example',
    'fr"><script>',
    'a'.repeat(9),
    `fr${'-a'.repeat(20)}`,
  ])('is refused in the language %j', (locale) => {
    expect(() => assertSendable(mail({ locale }))).toThrow('language tag');
  });

  it.each([
    ['no body', { body: undefined }],
    ['its text in the place of a body', { body: 'Votre bon' }],
    ['one paragraph in the place of several', { body: { ...mail().body, paragraphs: 'Votre bon' } }],
    ['no closing', { body: { ...mail().body, closing: undefined } }],
    ['no subject', { subject: undefined }],
  ])('is refused where a cast gave it %s', (_, changes) => {
    expect(() => assertSendable({ ...mail(), ...changes } as unknown as MailMessage)).toThrow(
      'not a whole mail',
    );
  });

  it('leaves the address out of its refusal', () => {
    expect(() => assertSendable(to('secret@hopital.example\r\n'))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});
