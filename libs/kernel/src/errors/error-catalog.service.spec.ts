import { ErrorCatalogService } from './error-catalog.service';
import type { ErrorDefinitions } from './errors.types';

const words = { title: 'Bon', detail: 'Un bon.' };
const couponErrors = {
  'coupon.spent': { status: 409, fr: words, en: words },
} as const satisfies ErrorDefinitions;

describe('the catalogue of errors', () => {
  it('contains the errors of the kernel and each library, once for several imports', () => {
    const catalog = new ErrorCatalogService();
    catalog.register(couponErrors);
    catalog.register(couponErrors);
    expect(catalog.codes).toEqual(['validation.failed', 'service.busy', 'internal', 'coupon.spent']);
    expect(catalog.find('coupon.spent')).toEqual({ status: 409, fr: words, en: words });
    expect(catalog.find('coupon.lost')).toBeUndefined();
  });

  it('refuses a code of another library', () => {
    const catalog = new ErrorCatalogService();
    expect(() => catalog.register({ internal: couponErrors['coupon.spent'] })).toThrow('"internal"');
  });

  it('describes a field error by its code, and an unknown code as malformed', () => {
    const catalog = new ErrorCatalogService();
    const form = { fr: 'Forme inattendue.', en: 'Unexpected form.' };
    const own = { fr: 'Forme attendue : /admin.', en: 'Expected form: /admin.' };
    catalog.register({}, { format: form, 'format paths': own, spent: { fr: 'Déjà utilisé.', en: 'Spent.' } });
    expect([
      catalog.fieldText('spent', 'fr', 'paths'),
      catalog.fieldText('other', 'en', 'name'),
      catalog.fieldText('format', 'en', 'rules.0.paths.1'),
      catalog.fieldText('format', 'fr', ''),
    ]).toEqual(['Déjà utilisé.', 'Unexpected form.', 'Expected form: /admin.', 'Forme inattendue.']);
  });
});
