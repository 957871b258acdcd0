import { page, refusalBody, signingOutBody, signOutBody } from './provider-pages';

const FRAME = { locale: 'fr', serviceName: 'Orientation & soins' } as const;
const refusal = (error: string, locale: 'fr' | 'en' = 'fr') =>
  refusalBody({ error, requestId: '0123' }, locale);

describe('a page that the provider answers itself', () => {
  it('is named after what it says and the service, in the language of its words', () => {
    const html = page(refusal('invalid_client', 'en'), { ...FRAME, locale: 'en' });
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<title>This request cannot be completed – Orientation &#38; soins</title>');
  });

  it.each([
    ['invalid_client', 'n’est pas connue de ce service', 'ouvrez-la de nouveau'],
    ['invalid_redirect_uri', 'son adresse de retour n’est pas enregistrée', 'ouvrez-la de nouveau'],
    ['invalid_request', 'ne peut pas traiter, ou trop ancienne', 'ouvrez-la de nouveau'],
    ['server_error', 'Votre connexion n’est pas en cause', 'Attendez quelques minutes'],
    ['origin.refused', 'rien n’a été fait', 'choisissez « Se déconnecter »'],
  ])('says of %s why nothing comes of it, what to do next, and a reference', (error, why, next) => {
    const html = refusal(error);
    expect(html).toContain(why);
    expect(html).toContain(next);
    expect(html).toContain(`<code>${error} · 0123</code>`);
  });

  it('leads back to where the application begins, and its name is no markup', () => {
    const application = { name: '<img src=x>', address: 'https://app.example/?a="b"' };
    const html = refusalBody({ error: 'invalid_request', requestId: '0123', application }, 'fr');
    expect(html).toContain('href="https://app.example/?a=&#34;b&#34;"');
    expect(html).toContain('Recommencer depuis &#60;img src=x&#62;');
  });
});

describe('the question of signing out', () => {
  const YES = 'form="op.logoutForm" name="logout" value="yes"';

  it('is answered by one of two buttons, of which one alone signs out', () => {
    const buttons = [...signOutBody('<form>', 'fr').matchAll(/<button.*?<\/button>/g)].map(String);
    expect(buttons).toEqual([
      `<button class="button first" type="submit" ${YES}>Se déconnecter</button>`,
      '<button class="button" type="submit" form="op.logoutForm">Rester connecté</button>',
    ]);
  });

  it('that answers itself has no button in sight but without scripts', () => {
    const html = signingOutBody('<form>', 'fr');
    expect(html).toContain(`<input type="hidden" ${YES}>`);
    expect(html).toMatch(/<noscript><button [^>]*form="op.logoutForm">Se déconnecter<\/button><\/noscript>$/);
  });

  it('is shown by a page that goes nowhere and runs no script, and that no search engine keeps', () => {
    const html = page(signOutBody('<form>', 'fr'), FRAME);
    expect(html).not.toMatch(/http-equiv="refresh"|<script/);
    expect(html).toContain('<meta name="robots" content="noindex">');
  });
});
