import { errorPage } from './error-page';

const definition = {
  status: 409,
  fr: { title: 'Bon & utilisé', detail: 'Ce bon <A> a servi. Demandez-en un autre.' },
  en: { title: 'Coupon used', detail: 'This coupon was used. Ask for another one.' },
};
const document = {
  paths: {
    '/api/coupons': {
      post: { responses: { 409: { description: '`coupon.taken`, `coupon.spent`' } } },
      get: { responses: { 409: { description: '`coupon.taken`' } } },
    },
    '/api/desk': { put: { responses: { 409: { $ref: '#/components/responses/coupon.spent' } } } },
  },
};

describe('the page of an error code', () => {
  const page = errorPage('coupon.spent', definition, 'fr', document);

  it('gives its meaning, its status, its cause and what to do, as text', () => {
    for (const part of [
      '<html lang="fr">',
      '<h1>Bon &amp; utilisé</h1>',
      'Statut HTTP 409',
      'Ce bon &lt;A&gt; a servi.',
    ])
      expect(page).toContain(part);
    expect(errorPage('coupon.spent', definition, 'en', document)).toContain('<h1>Coupon used</h1>');
  });

  it('names the operations whose answers have it, and no other', () => {
    const operations = [...page.replaceAll('<wbr>', '').matchAll(/<li><code>([^<]*)/g)].map(([, one]) => one);
    expect(operations).toEqual(['POST /api/coupons', 'PUT /api/desk']);
  });
});
