import { simpleParser } from 'mailparser';
import { composeMail, Letter } from './mail.composer';

function letter(changes: Partial<Letter> = {}): Letter {
  return {
    id: '01a20e35-da20-763f-865a-870eaffcd8dd',
    from: { name: 'Portillon', address: 'no-reply@portillon.example', domain: 'portillon.example' },
    to: 'claire.martin@hopital.example',
    subject: 'Your code',
    locale: 'fr',
    date: new Date('2026-11-24T15:39:00Z'),
    text: 'Bonjour\n',
    html: '<p>Bonjour</p>\n',
    ...changes,
  };
}

const parse = (changes: Partial<Letter>) => simpleParser(composeMail(letter(changes)));

describe('a composed mail', () => {
  it('bears the headers of an automatic message', async () => {
    const { headers, date, messageId, from, to } = await parse({});
    expect(date?.toISOString()).toBe('2026-11-24T15:39:00.000Z');
    expect(messageId).toBe('<01a20e35-da20-763f-865a-870eaffcd8dd@portillon.example>');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-language')).toBe('fr');
    expect(from?.value).toEqual([{ name: 'Portillon', address: 'no-reply@portillon.example' }]);
    expect([to].flat()[0]?.value).toEqual([{ name: '', address: 'claire.martin@hopital.example' }]);
  });

  it.each([
    'Your code',
    'Votre code de connexion à Portillon',
    'Éà'.repeat(60),
    '😀'.repeat(40),
    'a'.repeat(300),
    'looks like =?UTF-8?B?aGVsbG8=?= a word',
    '',
  ])('gives the subject back (%#)', async (subject) => {
    expect((await parse({ subject })).subject ?? '').toBe(subject);
  });

  it.each([
    '\r\nBcc: thief@evil.example',
    '\nBcc: thief@evil.example',
    '\rX: y',
    '\u2028X: y',
    '\0',
    '\x1b[2J',
  ])('lets no header in through the subject (%j)', async (smuggled) => {
    const mail = await parse({ subject: `Code${smuggled}` });
    expect(mail.bcc).toBeUndefined();
    expect([...mail.headers.keys()]).not.toContain('x');
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(mail.subject).not.toMatch(/[\x00-\x1f\u2028]/);
  });

  it.each(['Portillon', 'Le "portillon"', 'Portillon, service d’orientation', 'Équipe\\', ''])(
    'names its sender %j',
    async (name) => {
      const from = { name, address: 'no-reply@portillon.example', domain: 'portillon.example' };
      expect((await parse({ from })).from?.value).toEqual([{ name, address: from.address }]);
    },
  );

  it('writes an international domain as mail servers know it', async () => {
    const bytes = composeMail(letter({ to: 'claire@hôpital.example' })).toString('latin1');
    expect(bytes).toContain('To: claire@xn--hpital-ixa.example\r\n');
  });

  it.each([
    'plain',
    'accents éàùçœ, apostrophe ’, emoji 😀',
    'é'.repeat(500),
    '='.repeat(200),
    `${'x'.repeat(75)}é${'x'.repeat(75)}==`,
    'trailing spaces   \nand tabs\t\nend ',
    '.\n..\nFrom me\n--=_01a20e35-da20-763f-865a-870eaffcd8de\n',
    'line\r\nline\rline',
    '',
  ])('gives both parts back whatever is in them (%#)', async (content) => {
    const expected = content.replace(/\r\n?/g, '\n');
    const mail = await parse({ text: `${content}|`, html: `<p>${content}</p>` });
    expect(mail.text).toBe(`${expected}|`);
    expect(mail.html).toBe(`<p>${expected}</p>`);
  });

  it('keeps to short lines of plain ASCII, each ended with CR LF', () => {
    const bytes = composeMail(
      letter({ subject: 'É'.repeat(200), text: 'é'.repeat(900), html: `<p>${'=x'.repeat(900)}</p>` }),
    ).toString('latin1');
    expect(bytes).not.toMatch(/[^\r\n\x20-\x7e]/);
    expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...bytes.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
  });
});
