import { SettableClock } from '@portillon/testing';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MailMessage } from '../message.types';
import type { MailOptions, MailTransport } from '../notification.options';
import { CODE, mail, sending } from '../testing/messages';
import { keyring } from '../testing/process';
import { BounceAddresses } from './bounce-address';
import { MailProvider } from './mail.provider';
import { mailerOptions, mailRoutes, RelayMailerService } from './mailer.options';

const MAIL_TEMPLATE = readFileSync(join(__dirname, '../../templates/message.hbs'), 'utf8');

/** Both forms of a mail, as a transport gets them. */
async function render(message: MailMessage, brand = 'Portillon', changes: Partial<MailOptions> = {}) {
  let written = { text: '', html: '' };
  const transport: MailTransport = {
    name: 'transport',
    version: '1',
    send({ data }, done) {
      written = data as typeof written;
      done(null, { messageId: '' } as never);
    },
  };
  const mail = { transport, from: `${brand.replaceAll(/[<>"]/g, '')} <a@b.example>`, ...changes };
  const mailer = new RelayMailerService(mailerOptions({ mail }), undefined as never);
  const from = { name: brand, address: 'a@b.example', domain: 'b.example' };
  const bounceAddresses = new BounceAddresses(undefined, keyring);
  const sender = { ...changes, from, bounceAddresses };
  const relay = new MailProvider(mailer, mailRoutes(mail)[0]!, sender, new SettableClock());
  await relay.send(message, { ...sending(), signal: new AbortController().signal });
  return written;
}

describe('a rendered mail', () => {
  it('says the same as text and as HTML', async () => {
    const { text, html } = await render(mail());
    const said = [
      'Votre code de connexion',
      'Saisissez ce code',
      CODE,
      'Valable',
      '10 minutes',
      'K7QX',
      'Ne communiquez',
    ];
    for (const words of said) {
      expect(text).toContain(words);
      expect(html).toContain(words);
    }
  });

  it('is readable as text alone', async () => {
    expect((await render(mail())).text).toMatchInlineSnapshot(`
      "Votre code de connexion

      Saisissez ce code sur la page de connexion pour terminer.

      Votre code :

          482913

      Valable : 10 minutes
      Référence : K7QX

      Ne communiquez jamais ce code : personne chez nous ne vous le demandera.
      "
    `);
  });

  it('gives a link as a link and as its address', async () => {
    const url = 'https://portillon.example/invitation#0198.a-b_c';
    const body = { title: 'Prêt', paragraphs: ['Bonjour.'], link: { label: 'Choisir', url }, closing: [] };
    const { text, html } = await render(mail({ body }));
    expect(text).toContain(`Choisir\u00a0:\n\n    ${url}\n`);
    expect(html).toContain(`href="${url}"`);
    expect(html).toContain(`>${url}</p>`);
  });

  it('writes the code in one piece, to be read aloud and copied', async () => {
    expect((await render(mail())).html).toContain(`>${CODE}</p>`);
  });

  it.each(['fr', 'en', 'pt-BR'])('declares its language (%s)', async (locale) => {
    expect((await render(mail({ locale }))).html).toContain(`<html lang="${locale}"`);
  });

  it('has its labels in the manner of its language, or as the application says', async () => {
    expect((await render(mail({ locale: 'en' }))).text).toContain('Référence: K7QX');
    expect((await render(mail({ locale: 'fr' }))).text).toContain('Référence\u00a0: K7QX');
    const separators = { el: '·' };
    expect((await render(mail({ locale: 'el' }), 'Portillon', { separators })).text).toContain(
      'Référence· K7QX',
    );
  });

  it('shows in a list of mails the code, or what it says it shows, before it is opened', async () => {
    const shown = async (changes: Partial<MailMessage['body']>) =>
      /max-height:0[^>]*>([^<]*)</.exec(
        (await render(mail({ body: { ...mail().body, ...changes } }))).html,
      )![1];
    expect(await shown({})).toBe(`Votre code\u00a0: ${CODE}`);
    expect(await shown({ preview: { label: 'Valable jusqu’au', value: '24 novembre' } })).toBe(
      'Valable jusqu’au\u00a0: 24 novembre',
    );
    expect(await shown({ highlight: undefined })).toBe(
      'Saisissez ce code sur la page de connexion pour terminer.',
    );
  });

  it('does without what it was not given', async () => {
    const bare = mail({
      body: { title: 'Mot de passe changé', paragraphs: ['Le 24 novembre.'], closing: [] },
    });
    const { text, html } = await render(bare);
    expect(text).toBe('Mot de passe changé\n\nLe 24 novembre.\n');
    expect(html).not.toMatch(/undefined|scope="row"|class="mark"/);
  });

  it('has the name and the colour of the organisation at its head, where there are some', async () => {
    const { body } = mail();
    const { html, text } = await render(
      mail({ body: { ...body, organisation: 'CHU Nord', accent: '#b50000' } }),
    );
    const head = html.slice(0, html.indexOf('<h1'));
    expect(head).toContain('>Portillon · CHU Nord<');
    expect(head).toContain('background:#b50000');
    expect(text).toMatch(/^CHU Nord\n/);
    const bars = async (accent?: string | null) =>
      (await render(mail({ body: { ...body, accent } }))).html.match(/height="6"/g);
    expect([await bars('#b50000'), await bars(null), await bars()]).toEqual([['height="6"'], null, null]);
  });

  it('shows markup, script and template text as text', async () => {
    const hostile = `"><script>alert(1)</script>{{constructor}}{{#each this}}' onload=x`;
    const { html } = await render(
      mail({
        subject: hostile,
        body: {
          title: hostile,
          paragraphs: [hostile],
          highlight: { label: hostile, value: hostile },
          link: { label: hostile, url: hostile },
          details: [{ label: hostile, value: hostile }],
          closing: [hostile],
        },
      }),
      hostile,
    );
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/onload=x/);
    expect(html).toContain('{{constructor}}');
  });

  describe('with a custom template', () => {
    let folder: string;
    beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'portillon-templates-'))));
    afterEach(() => rmSync(folder, { recursive: true }));

    it('has its look, and the same words', async () => {
      writeFileSync(join(folder, 'message.hbs'), '<h1>CHU : {{mail.title}}</h1>{{mail.highlight.value}}');
      const { html, text } = await render(mail(), 'Portillon', { templates: folder });
      expect(html).toBe(`<h1>CHU : Votre code de connexion</h1>${CODE}`);
      expect(text).toContain(CODE);
    });

    it.each([
      ['is missing', undefined],
      ['has a mistake', '{{#if mail.title}}'],
    ])('is refused at start when it %s', (_, template) => {
      if (template) writeFileSync(join(folder, 'message.hbs'), template);
      const options = { mail: { transport: 'smtp://relay.example', from: 'a@b.example', templates: folder } };
      expect(() => mailerOptions(options)).toThrow('mail.templates');
    });
  });

  it('asks for nothing elsewhere', () => {
    expect(MAIL_TEMPLATE).not.toMatch(/https?:|src=|<img|<link|<script|@import|url\(/);
  });

  it('has a title, one heading, and tables that only lay out say so', async () => {
    const { html } = await render(mail());
    expect(html).toContain('<title>Votre code de connexion à Portillon</title>');
    expect(html.match(/<h1/g)).toHaveLength(1);
    const tables = html.match(/<table[^>]*>/g)!;
    expect(tables.filter((table) => !table.includes('role="presentation"'))).toHaveLength(1);
    expect(html.match(/<th scope="row"/g)).toHaveLength(2);
  });

  // WCAG 2.2, 1.4.6: 7:1, in both schemes.
  it.each([
    ['#12201e', '#f3f6f5'],
    ['#12201e', '#ffffff'],
    ['#36474a', '#ffffff'],
    ['#12201e', '#e3f0ee'],
    ['#eef5f3', '#0d1514'],
    ['#eef5f3', '#15201f'],
    ['#c3d0cd', '#15201f'],
    ['#eef5f3', '#14302d'],
    ['#ffffff', '#0a5650'],
    ['#05201d', '#84d9cf'],
  ])('contrasts: %s on %s', (ink, paper) => {
    expect(MAIL_TEMPLATE).toContain(ink);
    expect(MAIL_TEMPLATE).toContain(paper);
    expect(contrast(ink, paper)).toBeGreaterThanOrEqual(7);
  });
});

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
