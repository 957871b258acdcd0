import { page, refusalBody } from './provider-pages';

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
